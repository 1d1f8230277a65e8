package io.agentos.adapters.openai;

import io.agentos.adapters.http.ProviderAnswer;
import io.agentos.api.Completion;
import io.agentos.spi.ModelListener;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Responses: {@code POST {base}/responses}. */
final class Responses implements OpenAiApi {
  @Override
  public String path() {
    return "/responses";
  }

  @Override
  public Object ask(Asked asked, boolean streamed) {
    return new ResponsesAsk(asked).of(streamed);
  }

  @Override
  public Completion read(Asked asked, ProviderAnswer answer) {
    JsonNode response = answer.read(JsonNode.class);
    if (!response.isObject()) {
      throw answer.broken("JSON of another shape");
    }
    List<JsonNode> items = List.copyOf(response.path("output").values());
    return new ResponsesAnswer(answer, asked).completion(response, items);
  }

  @Override
  public Stream stream(Asked asked, ModelListener listener) {
    return new ResponsesStream(asked, listener);
  }
}
