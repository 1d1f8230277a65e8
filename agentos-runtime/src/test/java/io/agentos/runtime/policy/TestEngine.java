package io.agentos.runtime.policy;

import io.agentos.api.Request;
import io.agentos.api.ToolCall;
import io.agentos.api.ToolSpec;
import io.agentos.api.Verdict;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.policy.Situations.Moment;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** An engine asked about requests as {@link Policies} would ask, at one moment, without a past. */
record TestEngine(PolicyEngine engine) {
  static final Moment NOON = new Moment(Instant.parse("2026-11-02T12:00:00Z"), "developer");

  TestEngine(List<Policy> policies) {
    this(new PolicyEngine(policies));
  }

  String version() {
    return engine.version();
  }

  List<Policy> policies() {
    return engine.policies();
  }

  Verdict validate(Request request) {
    return Verdicts.task(engine.decide(Situations.requested(request, NOON)), version());
  }

  Verdict admit(Request request, AgentDefinition agent) {
    return Verdicts.task(engine.decide(Situations.admitted(request, agent, NOON)), version());
  }

  ToolVerdict tool(Request request, AgentDefinition agent, ToolSpec tool) {
    ToolCall call = new ToolCall("1", tool.name(), Map.of());
    return Verdicts.tool(
        engine.decide(Situations.tool(request, agent, tool, call, Progress.NONE, NOON)));
  }

  ModelVerdict model(Request request, AgentDefinition agent, String model) {
    return Verdicts.model(
        engine.decide(Situations.model(request, agent, model, Progress.NONE, NOON)));
  }
}
