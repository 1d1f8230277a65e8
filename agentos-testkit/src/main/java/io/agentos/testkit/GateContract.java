package io.agentos.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.AgentId;
import io.agentos.api.Checkpoint;
import io.agentos.api.GateResult;
import io.agentos.api.Output;
import io.agentos.api.Request;
import io.agentos.api.TaskId;
import io.agentos.api.TaskInput;
import io.agentos.api.TenantId;
import io.agentos.api.ToolCall;
import io.agentos.spi.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** What every {@link Gate} must keep. */
public abstract class GateContract {
  private static final AgentId AGENT = new AgentId("contract", "agent");
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final int CHECKS_AT_ONCE = 8;

  /** The gate, ready to be asked. */
  protected abstract Gate gate();

  /** A checkpoint that it must let pass. */
  protected abstract Checkpoint harmless();

  /** A checkpoint that it must not let pass. */
  protected abstract Checkpoint harmful();

  /** A request whose input says {@code text}, to build checkpoints from. */
  protected static Request request(String text) {
    return new Request(
        TenantId.DEFAULT,
        TaskId.next(),
        "key:contract",
        new Request.Target(null, null, null),
        new TaskInput.Text(text),
        Request.PRIORITY_DEFAULT,
        null,
        null,
        Map.of(),
        null);
  }

  @Test
  void id_isAName() {
    assertThat(AgentId.isName(gate().id())).isTrue();
  }

  @Test
  void check_harmless_passes() {
    assertThat(gate().check(harmless())).isEqualTo(GateResult.PASS);
  }

  @Test
  void check_harmful_saysWhy() {
    assertThat(reasons(gate().check(harmful()))).isNotEmpty().noneMatch(String::isBlank);
  }

  @Test
  void check_askedTwice_saysTheSame() {
    Gate gate = gate();
    Checkpoint harmful = harmful();

    assertThat(gate.check(harmful)).isEqualTo(gate.check(harmful));
  }

  @Test
  void check_everyKindOfCheckpoint_isAnswered() {
    Gate gate = gate();
    Request request = request("hello");

    assertThat(
            List.of(
                gate.check(new Checkpoint.BeforeTask(request, AGENT)),
                gate.check(new Checkpoint.BeforeModel(request, AGENT, ModelCalls.asking("hello"))),
                gate.check(
                    new Checkpoint.BeforeTool(
                        request,
                        AGENT,
                        ModelCalls.READ_FILE,
                        new ToolCall("call_1", "files.read", Map.of("path", "a.txt")))),
                gate.check(new Checkpoint.BeforeOutput(request, AGENT, Output.ofText("hello")))))
        .hasSize(4)
        .doesNotContainNull();
  }

  @Test
  void check_oddValues_isAnswered() {
    Gate gate = gate();

    for (Checkpoint odd : OddCheckpoints.all(AGENT)) {
      assertThat(gate.check(odd)).isNotNull();
    }
  }

  @Test
  void check_fromManyThreads_saysTheSame() throws InterruptedException {
    Gate gate = gate();
    Checkpoint harmful = harmful();
    Queue<GateResult> results = new ConcurrentLinkedQueue<>();
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < CHECKS_AT_ONCE; i++) {
      callers.add(Thread.ofVirtual().start(() -> results.add(gate.check(harmful))));
    }
    for (Thread caller : callers) {
      assertThat(caller.join(SOON)).isTrue();
    }

    assertThat(results).hasSize(CHECKS_AT_ONCE).containsOnly(gate.check(harmful));
  }

  private static List<String> reasons(GateResult result) {
    return switch (result) {
      case GateResult.Pass() -> List.of();
      case GateResult.Fix(List<String> findings) -> findings;
      case GateResult.Block(String reason) -> List.of(reason);
      case GateResult.Escalate(String reason, var _) -> List.of(reason);
    };
  }
}
