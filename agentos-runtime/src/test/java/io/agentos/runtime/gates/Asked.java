package io.agentos.runtime.gates;

import io.agentos.api.AgentId;
import io.agentos.api.Checkpoint;
import io.agentos.api.GateResult;
import io.agentos.api.Message;
import io.agentos.api.ModelOptions;
import io.agentos.api.ModelRequest;
import io.agentos.api.Output;
import io.agentos.api.Quorum;
import io.agentos.api.Request;
import io.agentos.api.Seen;
import io.agentos.api.StepKey;
import io.agentos.api.TaskId;
import io.agentos.api.TaskInput;
import io.agentos.api.TenantId;
import io.agentos.api.ToolCall;
import io.agentos.api.ToolSpec;
import io.agentos.api.Zone;
import io.agentos.runtime.definitions.GateCheck;
import io.agentos.runtime.definitions.GateDefinition;
import io.agentos.runtime.definitions.GateMatch;
import io.agentos.runtime.definitions.GatePlace;
import io.agentos.runtime.definitions.OnFinding;
import io.agentos.runtime.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gates and checkpoints for tests, and what gates say in a word. */
final class Asked {
  static final AgentId AGENT = new AgentId("shop", "clerk");
  static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-11-23T12:00:00Z"));

  private Asked() {}

  static DefinedGate gate(GateCheck check, OnFinding onFinding) {
    return new DefinedGate(definition(check, onFinding), NOON);
  }

  static GateDefinition definition(GateCheck check, OnFinding onFinding) {
    return new GateDefinition(
        "test",
        "Test",
        List.of(GatePlace.values()),
        check,
        onFinding,
        Quorum.ONE,
        GateMatch.EVERYTHING,
        Duration.ofSeconds(2));
  }

  static GateResult check(GateCheck check, Checkpoint checkpoint) {
    return gate(check, OnFinding.BLOCK).check(checkpoint);
  }

  /** {@code pass}, or what it says. */
  static String said(GateCheck check, Checkpoint checkpoint) {
    return words(check(check, checkpoint));
  }

  static String words(GateResult result) {
    return switch (result) {
      case GateResult.Pass() -> "pass";
      case GateResult.Fix(List<String> findings) -> "fix: " + String.join(" ", findings);
      case GateResult.Block(String reason) -> reason;
      case GateResult.Escalate(String reason, Quorum quorum) ->
          "ask %d: %s".formatted(quorum.approvers(), reason);
    };
  }

  static Request request(TaskInput input) {
    return new Request(
        TenantId.DEFAULT,
        TaskId.next(),
        "key:test",
        new Request.Target(null, null, null),
        input,
        5,
        null,
        null,
        Map.of(),
        null);
  }

  static Checkpoint task(String text) {
    return new Checkpoint.BeforeTask(request(new TaskInput.Text(text)), AGENT);
  }

  static Checkpoint answer(String text) {
    return answer(text, "", Seen.NONE);
  }

  static Checkpoint answer(String text, String input, Seen seen) {
    return new Checkpoint.BeforeOutput(
        request(new TaskInput.Text(input)), AGENT, Output.ofText(text), seen);
  }

  static Checkpoint fields(String json) {
    return new Checkpoint.BeforeOutput(
        request(new TaskInput.Text("")), AGENT, new Output("", Json.readObject(json)));
  }

  static Checkpoint model(Message... messages) {
    return new Checkpoint.BeforeModel(
        request(new TaskInput.Text("")),
        AGENT,
        new ModelRequest(
            new StepKey(TenantId.DEFAULT, TaskId.next(), 0, ""),
            "m",
            "",
            List.of(messages),
            List.of(),
            16,
            ModelOptions.NONE));
  }

  /** A call with the arguments of a JSON text. */
  static Checkpoint tool(String arguments) {
    return tool(Json.readObject(arguments), new TaskInput.Text(""), Seen.NONE);
  }

  static Checkpoint tool(String arguments, String input) {
    return tool(Json.readObject(arguments), new TaskInput.Text(input), Seen.NONE);
  }

  static Checkpoint tool(Map<String, @Nullable Object> arguments, TaskInput input, Seen seen) {
    return new Checkpoint.BeforeTool(
        request(input), AGENT, spec("mail.send"), new ToolCall("c", "mail.send", arguments), seen);
  }

  static ToolSpec spec(String name) {
    return new ToolSpec(
        name,
        "A tool",
        Map.of("type", "object"),
        ToolSpec.Effect.ONCE,
        Zone.YELLOW,
        Duration.ofSeconds(5));
  }

  static Map<String, @Nullable Object> schema(String json) {
    return Json.readObject(
        new String(json.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
  }
}
