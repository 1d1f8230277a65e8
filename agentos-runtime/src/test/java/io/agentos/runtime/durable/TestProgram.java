package io.agentos.runtime.durable;

import io.agentos.api.AuditEntry;
import io.agentos.api.Output;
import io.agentos.api.Request;
import io.agentos.api.Response;
import io.agentos.api.TaskId;
import io.agentos.api.TaskState.WaitReason;
import io.agentos.api.TenantId;
import io.agentos.api.ToolSpec;
import io.agentos.api.Usage;
import io.agentos.runtime.killswitch.Reach;
import io.agentos.runtime.state.StateStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** A program made of a lambda, with an ending like that of the real one. */
final class TestProgram implements Program {
  private final StateStore stateStore;
  private final BiFunction<Durable, Request, String> body;

  TestProgram(StateStore stateStore, BiFunction<Durable, Request, String> body) {
    this.stateStore = stateStore;
    this.body = body;
  }

  @Override
  public String version() {
    return "test/1";
  }

  @Override
  public Response run(Durable durable, Request request) {
    String result = body.apply(durable, request);
    return end(durable, request, new Response.Completed(Output.ofText(result), durable.usage()));
  }

  @Override
  public Response end(Durable durable, Request request, Response response) {
    return durable.transaction(
        "finish",
        Response.class,
        step -> {
          stateStore.finish(step, response);
          step.audit(
              new AuditEntry(
                  request.tenant(),
                  "task." + response.state().text(),
                  "test",
                  request.task().toString(),
                  Map.of()));
          return response;
        });
  }

  /** An effect that may be repeated under the same key. */
  static String idempotent(Durable durable, Request request, String name, Effect<String> effect) {
    return durable.effect(
        intent(request.tenant(), request.task(), name, ToolSpec.Effect.IDEMPOTENT),
        String.class,
        effect);
  }

  /** An effect that must never be repeated by itself. */
  static String once(Durable durable, Request request, String name, Effect<String> effect) {
    return durable.effect(
        intent(request.tenant(), request.task(), name, ToolSpec.Effect.ONCE), String.class, effect);
  }

  /** An effect of a tool that may be repeated under the same key. */
  static String tool(
      Durable durable, Request request, String name, String tool, Effect<String> effect) {
    Intent plain = intent(request.tenant(), request.task(), name, ToolSpec.Effect.IDEMPOTENT);
    return durable.effect(
        new Intent(
            plain.name(),
            plain.safety(),
            plain.reach().withTool(tool),
            plain.digest(),
            Map.of("kind", "tool", "tool", tool),
            plain.writes(),
            plain.timeout(),
            plain.attemptsMax()),
        String.class,
        effect);
  }

  /** Waits for a signal for a minute. */
  static String awaitText(Durable durable, String name) {
    return durable
        .await(name, WaitReason.APPROVAL, String.class, Duration.ofMinutes(1))
        .orElse("nothing");
  }

  private static Intent intent(TenantId tenant, TaskId task, String name, ToolSpec.Effect safety) {
    return new Intent(
        name,
        safety,
        Reach.ofTask(tenant, task),
        "0".repeat(64),
        Map.of("tool", "test." + safety),
        List.of(),
        Duration.ofSeconds(30),
        3);
  }

  /** One tool call's worth of usage, with an audit entry, as the real program has. */
  static void account(Step step) {
    step.used(Usage.ONE_TOOL_CALL);
    step.audit(
        new AuditEntry(
            step.key().tenant(),
            "tool.called",
            "agent:test.test",
            step.key().task().toString(),
            Map.of("step", step.key().name(), "digest", "0".repeat(64))));
  }
}
