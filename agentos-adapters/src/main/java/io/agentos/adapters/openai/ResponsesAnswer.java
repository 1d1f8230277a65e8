package io.agentos.adapters.openai;

import io.agentos.adapters.http.ProviderAnswer;
import io.agentos.adapters.http.ProviderJson;
import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.api.Completion.StopReason;
import io.agentos.api.Message;
import io.agentos.api.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Reads one response, whether it came plain or at the end of a stream.
 *
 * <p>The seal of a thought is the whole reasoning item; the seal of a text is its phase, which
 * OpenAI's newer models want back. Items of other kinds, such as searches, are passed over.
 */
final class ResponsesAnswer {
  private final ProviderAnswer answer;
  private final Asked asked;

  ResponsesAnswer(ProviderAnswer answer, Asked asked) {
    this.answer = answer;
    this.asked = asked;
  }

  /**
   * The response as a completion.
   *
   * @param items its output, which a stream may have told before
   * @throws AgentOsException PROVIDER_ANSWER, or what its error means
   */
  Completion completion(JsonNode response, List<JsonNode> items) {
    JsonNode error = response.path("error");
    if (error.isObject()) {
      throw answer.failedWithin(error);
    }
    StopReason cut = cut(response);
    boolean declined = cut == StopReason.END && declines(items);
    List<Part> parts = new ArrayList<>();
    CallReader calls = new CallReader(answer, asked, cut == StopReason.END);
    for (JsonNode item : items) {
      switch (item.path("type").asString("")) {
        case "reasoning" -> parts.add(new Part.Thought(thought(item), seal(item)));
        case "message" -> addText(parts, item, declined);
        case "function_call" -> {
          if (!declined && !text(item, "status").equals("incomplete")) {
            calls
                .next(text(item, "call_id"), text(item, "name"), text(item, "arguments"))
                .ifPresent(call -> parts.add(new Part.Call(call)));
          }
        }
        default -> {
          // What the server did by itself is no part of the answer.
        }
      }
    }
    return new Completion(
        new Message.Assistant(parts, sealed(parts) ? asked.provider() : ""),
        reason(cut, declined, parts),
        OpenAiUsage.ofResponses(response.path("usage")),
        asked.provider(),
        asked.named(text(response, "model")),
        answer.requestId());
  }

  /** Why it ended early; END when it did not. */
  private StopReason cut(JsonNode response) {
    String status = text(response, "status");
    return switch (status) {
      case "completed" -> StopReason.END;
      case "incomplete" -> {
        String why = text(response.path("incomplete_details"), "reason");
        yield switch (why) {
          case "max_output_tokens" -> StopReason.LENGTH;
          case "content_filter" -> StopReason.FILTER;
          default -> throw answer.broken("an unknown reason to be incomplete", why);
        };
      }
      case "" -> throw answer.broken("no status");
      default -> throw answer.broken("an unfinished response", status);
    };
  }

  private static StopReason reason(StopReason cut, boolean declined, List<Part> parts) {
    if (declined) {
      return StopReason.REFUSAL;
    }
    boolean calls = parts.stream().anyMatch(Part.Call.class::isInstance);
    return cut == StopReason.END && calls ? StopReason.TOOL_CALLS : cut;
  }

  private static boolean declines(List<JsonNode> items) {
    return items.stream()
        .flatMap(item -> item.path("content").values().stream())
        .anyMatch(part -> !text(part, "refusal").isBlank());
  }

  /** The text of a message; of one that declines, what it says instead where it has no text. */
  private static void addText(List<Part> parts, JsonNode item, boolean declined) {
    String said = joined(item.path("content"), "text", "");
    String text = said.isBlank() && declined ? joined(item.path("content"), "refusal", "") : said;
    if (!text.isEmpty()) {
      parts.add(new Part.Text(text, text(item, "phase")));
    }
  }

  /** OpenAI keeps nothing, so an item without its thoughts in it would be unknown there. */
  private static String seal(JsonNode item) {
    boolean holds = !text(item, "encrypted_content").isEmpty() || !item.path("content").isEmpty();
    return holds ? ProviderJson.write(item) : "";
  }

  private static String thought(JsonNode item) {
    String summary = joined(item.path("summary"), "text", "\n\n");
    return summary.isEmpty() ? joined(item.path("content"), "text", "") : summary;
  }

  private static String joined(JsonNode list, String field, String between) {
    return list.values().stream()
        .map(part -> text(part, field))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(between));
  }

  private static boolean sealed(List<Part> parts) {
    return parts.stream()
        .anyMatch(part ->
            part instanceof Part.Thought
                || (part instanceof Part.Text(String _, String seal) && !seal.isEmpty()));
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }
}
