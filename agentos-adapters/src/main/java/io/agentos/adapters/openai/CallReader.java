package io.agentos.adapters.openai;

import io.agentos.adapters.http.ProviderAnswer;
import io.agentos.adapters.http.ProviderJson;
import io.agentos.api.ToolCall;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tool calls of one answer, each taken whole or not at all: of an answer that was cut, those
 * before the cut; in one that says it is complete, half a call makes all of it PROVIDER_ANSWER.
 *
 * <p>Of one thread.
 */
final class CallReader {
  private static final int CALLS_MAX = 128;

  private final ProviderAnswer answer;
  private final Asked asked;
  private final boolean complete;
  private final Set<String> ids = new HashSet<>();
  private int place;

  /**
   * @param complete whether the answer says that its calls are
   */
  CallReader(ProviderAnswer answer, Asked asked, boolean complete) {
    this.answer = answer;
    this.asked = asked;
    this.complete = complete;
  }

  /** The next call; empty when it was cut. No arguments at all are none only if nothing was cut. */
  Optional<ToolCall> next(
      @Nullable String givenId, @Nullable String name, @Nullable String arguments) {
    place++;
    if (place > CALLS_MAX) {
      throw answer.broken("more than " + CALLS_MAX + " tool calls");
    }
    Optional<Map<String, @Nullable Object>> values = values(arguments);
    if (name == null || name.isBlank() || values.isEmpty()) {
      if (complete) {
        throw answer.broken("half a tool call");
      }
      place--;
      return Optional.empty();
    }
    return Optional.of(call(id(givenId), asked.tools().fromWire(name), values.get()));
  }

  private String id(@Nullable String given) {
    String id = given == null ? "" : given;
    if (id.isBlank() || !ids.add(id)) {
      id = "call_%d_%d".formatted(asked.request().key().position(), place);
      ids.add(id);
    }
    return id;
  }

  private Optional<Map<String, @Nullable Object>> values(@Nullable String arguments) {
    if (arguments != null && !arguments.isBlank()) {
      return ProviderJson.object(arguments);
    }
    return complete ? Optional.of(Map.of()) : Optional.empty();
  }

  private static ToolCall call(String id, String tool, Map<String, @Nullable Object> arguments) {
    return new ToolCall(id, tool, arguments);
  }
}
