package io.agentos.runtime.policy;

import io.agentos.api.Request;
import io.agentos.api.ToolCall;
import io.agentos.api.ToolSpec;
import io.agentos.api.Zone;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.identity.Rights;
import io.agentos.runtime.identity.Role;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes situations out of requests, agents, calls and what is known about the caller. */
final class Situations {
  private static final Set<String> KNOWN_WITH_AGENT =
      Set.of("agent.id", "agent.pack", "agent.zone", "zone");

  /** Why the principal may not ask for the task any more; no condition sees it. */
  static final String ENDED = "principal.ended";

  private Situations() {}

  /**
   * When it is, and who asks.
   *
   * @param by on whose behalf the rules are asked; null for the principal of the request
   * @param role what it holds; null when it holds none
   * @param scopes what of the role
   * @param ended why it may not ask for the task any more; empty when it may
   */
  record Moment(
      Instant now, @Nullable String by, @Nullable String role, List<String> scopes, String ended) {
    Moment {
      scopes = List.copyOf(scopes);
    }

    /** The principal of the request, with all of a role. */
    Moment(Instant now, @Nullable String role) {
      this(now, null, role, all(role), "");
    }

    private static List<String> all(@Nullable String role) {
      return Arrays.stream(Role.values())
          .filter(one -> one.text().equals(role))
          .flatMap(one -> new Rights(one).names().stream())
          .toList();
    }
  }

  /** Before the agent is known. */
  static Situation requested(Request request, Moment moment) {
    return new Situation(
        Subject.TASK,
        Facts.of(request),
        values(request, moment),
        KNOWN_WITH_AGENT,
        request.limits(),
        List.of(),
        Set.of());
  }

  /** With the agent that will serve it. */
  static Situation admitted(Request request, AgentDefinition agent, Moment moment) {
    Map<String, Object> values = values(request, moment);
    agent(values, agent);
    return known(Subject.TASK, Facts.of(request, agent), values, request);
  }

  /** A call of a tool. */
  static Situation tool(
      Request request,
      AgentDefinition agent,
      ToolSpec tool,
      ToolCall call,
      Progress progress,
      Moment moment) {
    Map<String, Object> values = values(request, moment);
    agent(values, agent);
    progress(values, progress);
    values.put("zone", Match.name(Facts.later(agent.zone(), tool.zone())));
    values.put("tool.name", tool.name());
    values.put("tool.zone", Match.name(tool.zone()));
    values.put("tool.effect", tool.effect().name().toLowerCase(java.util.Locale.ROOT));
    values.put("tool.cost_usd_micros", tool.costUsdMicros());
    values.put("args", Objects.requireNonNull(Recorded.normal(call.arguments())));
    return known(Subject.TOOL, Facts.of(request, agent, tool), values, request);
  }

  /** A call of a model, {@code PROVIDER/MODEL}. */
  static Situation model(
      Request request, AgentDefinition agent, String model, Progress progress, Moment moment) {
    Map<String, Object> values = values(request, moment);
    agent(values, agent);
    progress(values, progress);
    values.put("model", model);
    return known(Subject.MODEL, Facts.of(request, agent, model), values, request);
  }

  private static Situation known(
      Subject subject, Facts facts, Map<String, Object> values, Request request) {
    return new Situation(subject, facts, values, Set.of(), request.limits(), List.of(), Set.of());
  }

  private static Map<String, Object> values(Request request, Moment moment) {
    Map<String, Object> values = new TreeMap<>();
    String principal = moment.by() == null ? request.principal() : moment.by();
    values.put("tenant", request.tenant().value());
    values.put("principal.id", principal);
    values.put(
        "principal.kind",
        principal.indexOf(':') < 0 ? "" : principal.substring(0, principal.indexOf(':')));
    if (moment.role() != null) {
      values.put("principal.role", moment.role());
    }
    values.put("principal.scopes", moment.scopes());
    if (!moment.ended().isEmpty()) {
      values.put(ENDED, moment.ended());
    }
    String type = request.target().type();
    values.put("task.id", request.task().toString());
    values.put("task.type", type == null ? "" : type);
    values.put("task.parent", request.parent() == null ? "" : request.parent().toString());
    values.put("task.priority", (long) request.priority());
    values.put("task.has_deadline", request.deadline() != null);
    if (request.deadline() != null) {
      values.put("task.deadline", request.deadline().toString());
    }
    values.put("labels", new TreeMap<>(request.labels()));
    values.put("now", moment.now().toString());
    return values;
  }

  private static void agent(Map<String, Object> values, AgentDefinition agent) {
    Zone zone = agent.zone();
    values.put("agent.id", agent.id().toString());
    values.put("agent.pack", agent.id().pack());
    values.put("agent.zone", Match.name(zone));
    values.put("zone", Match.name(zone));
  }

  private static void progress(Map<String, Object> values, Progress progress) {
    Map<String, Object> counts = new LinkedHashMap<>();
    for (String tool : progress.tools()) {
      counts.merge(tool, 1L, (one, other) -> (Long) one + (Long) other);
    }
    values.put("taint", progress.taint());
    values.put("history.tools", progress.tools());
    values.put("history.counts", new TreeMap<>(counts));
    values.put("usage.cost_usd_micros", progress.usage().costUsdMicros());
    values.put("usage.model_calls", (long) progress.usage().modelCalls());
    values.put("usage.tool_calls", (long) progress.usage().toolCalls());
  }
}
