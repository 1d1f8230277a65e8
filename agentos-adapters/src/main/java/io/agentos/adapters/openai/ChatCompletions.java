package io.agentos.adapters.openai;

import io.agentos.adapters.http.ProviderAnswer;
import io.agentos.api.Completion;
import io.agentos.spi.ModelListener;

/** Chat Completions: {@code POST {base}/chat/completions}. */
final class ChatCompletions implements OpenAiApi {
  /** What is said differently by servers that speak it. */
  enum Habits {
    /** OpenAI: {@code max_completion_tokens}, for its reasoning models refuse the older name. */
    OPENAI,
    /** Others: {@code max_tokens}. */
    COMPATIBLE,
    /** DeepSeek: {@code max_tokens}, {@code thinking}, thoughts that want to come back. */
    DEEPSEEK
  }

  private final Habits habits;

  ChatCompletions(Habits habits) {
    this.habits = habits;
  }

  @Override
  public String path() {
    return "/chat/completions";
  }

  @Override
  public Object ask(Asked asked, boolean streamed) {
    return new ChatAsk(asked, habits).of(streamed);
  }

  @Override
  public Completion read(Asked asked, ProviderAnswer answer) {
    return new ChatAnswer(answer, asked).completion();
  }

  @Override
  public Stream stream(Asked asked, ModelListener listener) {
    return new ChatStream(asked, listener);
  }
}
