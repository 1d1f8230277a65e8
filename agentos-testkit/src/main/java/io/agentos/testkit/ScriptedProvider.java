package io.agentos.testkit;

import io.agentos.api.Completion;
import io.agentos.api.Completion.StopReason;
import io.agentos.api.Message;
import io.agentos.api.ModelRequest;
import io.agentos.api.Tokens;
import io.agentos.api.ToolCall;
import io.agentos.spi.ModelListener;
import io.agentos.spi.ModelProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * A provider whose answers are a function of the request, and which remembers what it was asked.
 *
 * <p>Thread-safe when its function is. Keeps every request: for tests, not for long runs.
 */
public final class ScriptedProvider implements ModelProvider {
  private final String id;
  private final Function<ModelRequest, Completion> script;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<ModelRequest> calls = new ArrayList<>();

  public ScriptedProvider(String id, Function<ModelRequest, Completion> script) {
    this.id = id;
    this.script = script;
  }

  /**
   * A provider that plays one answer per turn. The turn is the number of assistant messages in the
   * request, so that a call made again after a crash gets the same answer again.
   */
  public static ScriptedProvider ofTurns(String id, List<Message.Assistant> turns) {
    List<Message.Assistant> script = List.copyOf(turns);
    return new ScriptedProvider(
        id,
        request -> {
          int turn =
              (int) request.messages().stream().filter(Message.Assistant.class::isInstance).count();
          if (turn >= script.size()) {
            throw new IllegalStateException(
                "%s has %d turns and was asked for turn %d".formatted(id, script.size(), turn + 1));
          }
          return completion(id, request, script.get(turn));
        });
  }

  /** A turn that says {@code text} and ends. */
  public static Message.Assistant says(String text) {
    return new Message.Assistant(text, List.of());
  }

  /** A turn that wants tools to be run. */
  public static Message.Assistant calls(ToolCall... toolCalls) {
    return new Message.Assistant("", List.of(toolCalls));
  }

  /** A whole answer around {@code message}: 10 tokens in, 5 out. */
  public static Completion completion(
      String provider, ModelRequest request, Message.Assistant message) {
    return new Completion(
        message,
        message.toolCalls().isEmpty() ? StopReason.END : StopReason.TOOL_CALLS,
        Tokens.of(10, 5),
        provider,
        request.model(),
        "");
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Completion complete(ModelRequest request, ModelListener listener) {
    lock.lock();
    try {
      calls.add(request);
    } finally {
      lock.unlock();
    }
    return script.apply(request);
  }

  /** What it was asked so far, in order. */
  public List<ModelRequest> calls() {
    lock.lock();
    try {
      return List.copyOf(calls);
    } finally {
      lock.unlock();
    }
  }
}
