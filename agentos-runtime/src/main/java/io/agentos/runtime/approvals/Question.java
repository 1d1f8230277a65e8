package io.agentos.runtime.approvals;

import io.agentos.api.AgentId;
import io.agentos.api.Request;
import io.agentos.api.ToolCall;
import io.agentos.api.ToolSpec;
import io.agentos.runtime.json.CanonicalJson;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person is asked: may this call run?
 *
 * @param step the step that asks, such as {@code turn-1/call-1/approval}
 * @param versions the versions of agent and policy that the answer is bound to
 * @param patience how long it may take
 */
public record Question(
    Request request,
    String step,
    AgentId agent,
    ToolSpec tool,
    ToolCall call,
    Because because,
    String versions,
    Duration patience) {

  /** Why a person is asked, and which rule or gate says so. */
  public record Because(String reason, String rule) {}

  /** What an answer is bound to, besides the arguments. */
  Bound bound(Instant expiresAt) {
    return new Bound(
        request.tenant().value(),
        request.task().toString(),
        step,
        agent.toString(),
        versions,
        tool.name(),
        CanonicalJson.digest(tool.inputSchema()),
        expiresAt);
  }

  /** The parts of a digest that no decision can change. */
  record Bound(
      String tenant,
      String task,
      String step,
      String agent,
      String versions,
      String tool,
      String toolDigest,
      Instant expiresAt) {

    /** The digest of all that an answer is bound to, with {@code arguments}: RFC 8785, SHA-256. */
    String digest(Map<String, @Nullable Object> arguments) {
      Map<String, @Nullable Object> bound = new LinkedHashMap<>();
      bound.put("tenant", tenant);
      bound.put("task", task);
      bound.put("step", step);
      bound.put("agent", agent);
      bound.put("versions", versions);
      bound.put("tool", tool);
      bound.put("tool_digest", toolDigest);
      bound.put("arguments", arguments);
      bound.put("expires_at", expiresAt.toString());
      return CanonicalJson.digest(bound);
    }
  }
}
