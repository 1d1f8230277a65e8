package io.agentos.runtime.policy;

import io.agentos.api.AgentId;
import io.agentos.api.Request;
import io.agentos.api.TaskId;
import io.agentos.api.TaskInput;
import io.agentos.api.TenantId;
import io.agentos.api.ToolCall;
import io.agentos.api.ToolSpec;
import io.agentos.api.Usage;
import io.agentos.api.Zone;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.definitions.AgentLimits;
import io.agentos.runtime.definitions.OutputTemplate;
import io.agentos.runtime.definitions.Section;
import io.agentos.runtime.definitions.WorkflowAgent;
import io.agentos.runtime.policy.Situations.Moment;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the situation of one case of a test of policies; what it does not say is usual. */
final class CaseReader {
  private static final Instant NOW = Instant.parse("2026-01-05T12:00:00Z");
  private static final TaskId TASK = new TaskId(new UUID(1, 1));

  private CaseReader() {}

  static Situation situation(Section each) {
    Request request = request(each);
    Moment moment = new Moment(now(each), each.has("role") ? each.text("role") : null);
    if (!each.has("agent")) {
      return Situations.requested(request, moment);
    }
    AgentDefinition agent = agent(each);
    Usage usage =
        new Usage(
            0,
            0,
            0,
            0,
            each.number("costUsdMicros").orElse(0L),
            each.number("modelCalls").map(Math::toIntExact).orElse(0),
            each.texts("history").size());
    Progress progress = new Progress("", each.texts("history"), each.texts("taint"), usage);
    if (each.has("tool")) {
      ToolCall call = new ToolCall("1", each.text("tool"), arguments(each));
      return Situations.tool(request, agent, tool(each), call, progress, moment);
    }
    return each.has("model")
        ? Situations.model(request, agent, each.text("model"), progress, moment)
        : Situations.admitted(request, agent, moment);
  }

  private static Instant now(Section each) {
    if (!each.has("now")) {
      return NOW;
    }
    try {
      return Instant.parse(each.text("now"));
    } catch (DateTimeParseException e) {
      each.problem(
          "now", "found '%s'; allowed: a time such as %s".formatted(each.text("now"), NOW));
      return NOW;
    }
  }

  private static Request request(Section each) {
    return new Request(
        new TenantId(each.has("tenant") ? each.text("tenant") : "default"),
        TASK,
        each.has("principal") ? each.text("principal") : "key:test",
        new Request.Target(null, null, each.has("type") ? each.text("type") : null),
        new TaskInput.Text("A case."),
        each.number("priority").map(Math::toIntExact).orElse(Request.PRIORITY_DEFAULT),
        null,
        null,
        each.section("labels").textMembers(),
        null);
  }

  private static AgentDefinition agent(Section each) {
    return new AgentDefinition(
        AgentId.parse(each.text("agent")),
        "Of a case",
        zone(each, "agentZone"),
        List.of(),
        List.of(),
        Map.of(),
        List.of(),
        List.of(),
        AgentLimits.NONE,
        new WorkflowAgent(List.of(), new OutputTemplate("x", null)));
  }

  private static ToolSpec tool(Section each) {
    return new ToolSpec(
        each.text("tool"),
        "Of a case",
        Map.of("type", "object"),
        each.has("toolEffect")
            ? ToolSpec.Effect.valueOf(constant(each.text("toolEffect")))
            : ToolSpec.Effect.ONCE,
        zone(each, "toolZone"),
        Duration.ofSeconds(1),
        each.number("toolCostUsdMicros").orElse(0L));
  }

  private static Zone zone(Section each, String key) {
    return each.has(key) ? Zone.valueOf(constant(each.text(key))) : Zone.GREEN;
  }

  private static String constant(String text) {
    return text.replace('-', '_').toUpperCase(Locale.ROOT);
  }

  private static Map<String, @Nullable Object> arguments(Section each) {
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    if (each.plain("args") instanceof Map<?, ?> map) {
      map.forEach((name, value) -> arguments.put(String.valueOf(name), value));
    }
    return arguments;
  }
}
