package io.agentos.server;

import io.agentos.api.AgentId;
import io.agentos.api.Completion;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.api.ToolCall;
import io.agentos.runtime.definitions.EvalExpectation;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.state.StateStore;
import io.agentos.runtime.state.StepView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What a task did, by its journal. */
final class EvalSeen {
  private static final Pattern MODEL = Pattern.compile("(turn-[0-9]+)/model(-[0-9]+)?");
  private static final String DELEGATE = "agents.delegate";
  private static final int ENTRIES_MAX = 1_000;

  private final StateStore store;
  private final TenantId tenant;
  private final TaskId task;
  private final Map<String, StepView> steps = new LinkedHashMap<>();

  EvalSeen(StateStore store, TenantId tenant, TaskId task) {
    this.store = store;
    this.tenant = tenant;
    this.task = task;
    store.steps(tenant, task).forEach(step -> steps.put(step.name(), step));
  }

  /** The tool calls that the model wished, in order; of a workflow, those of its steps. */
  List<EvalExpectation.Call> calls() {
    List<EvalExpectation.Call> calls = new ArrayList<>();
    for (StepView step : List.copyOf(steps.values())) {
      Matcher model = MODEL.matcher(step.name());
      JsonNode result = step.result();
      if (model.matches() && result != null) {
        int number = 0;
        for (ToolCall call : completion(result).message().toolCalls()) {
          number++;
          String name = "%s/call-%d".formatted(model.group(1), number);
          calls.add(
              new EvalExpectation.Call(call.tool(), call.arguments(), outcome(name, call.tool())));
        }
      } else if (step.name().endsWith("/tool") && !step.name().startsWith("turn-")) {
        String name = step.name().substring(0, step.name().length() - "/tool".length());
        String tool = String.valueOf(step.about().get("tool"));
        calls.add(new EvalExpectation.Call(tool, Map.of(), outcome(name, tool)));
      }
    }
    return calls;
  }

  private static Completion completion(JsonNode result) {
    return Json.mapperForTrees().treeToValue(result, Completion.class);
  }

  private String outcome(String name, String tool) {
    StepView ran = steps.get(name + "/tool");
    if (ran == null) {
      return refused(name) ? "refused" : "failed";
    }
    if (tool.equals(DELEGATE)) {
      return parts(name).stream().anyMatch(part -> state(part).equals("completed"))
          ? "ok"
          : "failed";
    }
    JsonNode result = ran.result();
    return result != null && !result.path("failed").booleanValue(false) ? "ok" : "failed";
  }

  /** Whether policy, a gate or a person kept a call from being made. */
  private boolean refused(String name) {
    return steps.containsKey(name + "/approval")
        || store.events(tenant, task, 0, ENTRIES_MAX).stream()
            .filter(entry ->
                entry.type().equals("gate.refused") || entry.type().equals("policy.denied"))
            .anyMatch(entry -> entry.name().startsWith(name + "/"));
  }

  /** What gates found, in order; of several that send back at once, each by itself. */
  List<EvalExpectation.Finding> gates() {
    return store.events(tenant, task, 0, ENTRIES_MAX).stream()
        .filter(entry -> entry.type().equals("gate.refused"))
        .map(entry -> Json.readTree(entry.body().getBytes(StandardCharsets.UTF_8)))
        .flatMap(body ->
            Stream.of(body.path("gate").stringValue("").split(", ", -1))
                .map(gate ->
                    new EvalExpectation.Finding(gate, body.path("verdict").stringValue(""))))
        .toList();
  }

  /** The parts that others did, in order. */
  List<EvalExpectation.Child> children() {
    List<EvalExpectation.Child> children = new ArrayList<>();
    for (String name : List.copyOf(steps.keySet())) {
      if (name.endsWith("/join")) {
        for (JsonNode part : parts(name.substring(0, name.length() - "/join".length()))) {
          children.add(
              new EvalExpectation.Child(
                  AgentId.parse(part.path("agent").stringValue("")),
                  state(part),
                  new EvalSeen(store, tenant, taskOf(part)).provider()));
        }
      }
    }
    return children;
  }

  /** Whose model answered last; empty when none did. */
  private String provider() {
    String provider = "";
    for (StepView step : steps.values()) {
      JsonNode result = step.result();
      if (MODEL.matcher(step.name()).matches() && result != null) {
        provider = result.path("provider").stringValue("");
      }
    }
    return provider;
  }

  private List<JsonNode> parts(String name) {
    StepView join = steps.get(name + "/join");
    JsonNode result = join == null ? null : join.result();
    return result == null ? List.of() : result.path("parts").valueStream().toList();
  }

  private static TaskId taskOf(JsonNode part) {
    return Json.mapperForTrees().treeToValue(part.path("task"), TaskId.class);
  }

  private static String state(JsonNode part) {
    return part.path("state").stringValue("");
  }
}
