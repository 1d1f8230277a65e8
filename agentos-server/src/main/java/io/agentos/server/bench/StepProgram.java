package io.agentos.server.bench;

import io.agentos.api.AuditEntry;
import io.agentos.api.Output;
import io.agentos.api.Request;
import io.agentos.api.Response;
import io.agentos.api.ToolSpec;
import io.agentos.api.Usage;
import io.agentos.runtime.durable.Durable;
import io.agentos.runtime.durable.Intent;
import io.agentos.runtime.durable.Program;
import io.agentos.runtime.durable.Step;
import io.agentos.runtime.killswitch.Reach;
import io.agentos.runtime.state.StateStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Some effects in a row that do nothing outside, with everything the engine does around real ones:
 * intent, outcome, audit entry, usage, ending.
 */
final class StepProgram implements Program {
  private static final String DIGEST = "0".repeat(64);

  private final String version;
  private final StateStore stateStore;
  private final int steps;
  private final CountDownLatch ended;

  StepProgram(String version, StateStore stateStore, int steps, CountDownLatch ended) {
    this.version = version;
    this.stateStore = stateStore;
    this.steps = steps;
    this.ended = ended;
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public Response run(Durable durable, Request request) {
    for (int i = 1; i <= steps; i++) {
      durable.effect(intent(request, "step-" + i), String.class, StepProgram::act);
    }
    return end(durable, request, new Response.Completed(Output.ofText("done"), durable.usage()));
  }

  @Override
  public Response end(Durable durable, Request request, Response response) {
    Response stored =
        durable.transaction(
            "finish",
            Response.class,
            step -> {
              stateStore.finish(step, response);
              audit(step, "task." + response.state().text());
              return response;
            });
    ended.countDown();
    return stored;
  }

  private static String act(Step step) {
    step.used(Usage.ONE_TOOL_CALL);
    audit(step, "tool.called");
    return "ok";
  }

  private static void audit(Step step, String type) {
    step.audit(
        new AuditEntry(
            step.key().tenant(),
            type,
            "agent:bench.bench",
            step.key().task().toString(),
            Map.of("step", step.key().name(), "digest", DIGEST)));
  }

  private static Intent intent(Request request, String name) {
    return new Intent(
        name,
        ToolSpec.Effect.IDEMPOTENT,
        Reach.ofTask(request.tenant(), request.task()).withTool("bench.nothing"),
        DIGEST,
        Map.of("tool", "bench.nothing"),
        List.of(),
        Duration.ofSeconds(30),
        3);
  }
}
