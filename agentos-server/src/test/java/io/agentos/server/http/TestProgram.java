package io.agentos.server.http;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.api.Decision;
import io.agentos.api.ErrorCode;
import io.agentos.api.Output;
import io.agentos.api.Request;
import io.agentos.api.Response;
import io.agentos.api.TaskState.WaitReason;
import io.agentos.api.ToolCall;
import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.runtime.approvals.Approvals;
import io.agentos.runtime.approvals.Question;
import io.agentos.runtime.durable.Durable;
import io.agentos.runtime.durable.Intent;
import io.agentos.runtime.durable.Program;
import io.agentos.runtime.killswitch.Reach;
import io.agentos.runtime.state.StateStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A program whose tasks do what their text says. */
final class TestProgram implements Program {
  static final String VERSION = "http-test/1";
  static final String STEP = "send";

  private final StateStore stateStore;
  private final Approvals approvals;

  TestProgram(StateStore stateStore, Approvals approvals) {
    this.stateStore = stateStore;
    this.approvals = approvals;
  }

  @Override
  public String version() {
    return VERSION;
  }

  @Override
  public Response run(Durable durable, Request request) {
    String word = request.input().text().split(" ", 2)[0];
    String result =
        switch (word) {
          case "ask" -> ask(durable, request);
          case "await" ->
              durable
                  .await("word", WaitReason.APPROVAL, String.class, Duration.ofMinutes(5))
                  .orElse("silence");
          case "break" -> send(durable, request, () -> broken());
          case "fail" ->
              send(
                  durable,
                  request,
                  () -> {
                    throw new AgentOsException(ErrorCode.TOOL_FAILED, "It always fails.");
                  });
          case "noise" -> noise(durable, Integer.parseInt(request.input().text().split(" ", 2)[1]));
          case "large" -> send(durable, request, () -> ToolResult.ofText("x".repeat(20_000)));
          default -> send(durable, request, () -> ToolResult.ofText("did " + word));
        };
    return end(durable, request, new Response.Completed(Output.ofText(result), durable.usage()));
  }

  @Override
  public Response end(Durable durable, Request request, Response response) {
    return durable.transaction(
        "finish",
        Response.class,
        step -> {
          stateStore.finish(step, response);
          approvals.withdraw(step);
          return response;
        });
  }

  /** A step with many events of almost 2 KiB each. */
  private static String noise(Durable durable, int events) {
    return durable.transaction(
        "noise",
        String.class,
        step -> {
          for (int i = 0; i < events; i++) {
            step.event("tool.called", Map.of("number", i, "text", "x".repeat(2_000)));
          }
          return "made noise";
        });
  }

  private static ToolResult broken() {
    throw new IllegalStateException("nobody knows");
  }

  private interface Work {
    ToolResult run();
  }

  private static String send(Durable durable, Request request, Work work) {
    Intent intent =
        new Intent(
            STEP,
            ToolSpec.Effect.ONCE,
            Reach.ofTask(request.tenant(), request.task()),
            "0".repeat(64),
            Map.of("tool", "mail.send"),
            List.of(),
            Duration.ofSeconds(30),
            3);
    return durable.effect(intent, ToolResult.class, _ -> work.run()).text();
  }

  private String ask(Durable durable, Request request) {
    Question question =
        new Question(
            request,
            "approval",
            new AgentId("mail", "sorter"),
            TestCatalog.SEND,
            new ToolCall("1", "mail.send", Map.of("to", "a@example.org")),
            new Question.Because("Tool mail.send is in zone red.", "zone/red"),
            new Question.Versions("1.2.3", "p1"),
            Duration.ofMinutes(5));
    return switch (approvals.ask(durable, question).decision()) {
      case Decision.Approved(String by) -> "approved by " + by;
      case Decision.Edited(String _, Map<String, ?> arguments) -> "edited to " + arguments;
      case Decision.Rejected(String _, String comment) -> "rejected: " + comment;
      case Decision.Expired() -> "expired";
      case Decision.Superseded(String reason) -> "superseded: " + reason;
    };
  }
}
