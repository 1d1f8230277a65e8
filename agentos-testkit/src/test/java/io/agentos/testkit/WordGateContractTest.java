package io.agentos.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentId;
import io.agentos.api.Checkpoint;
import io.agentos.api.GateResult;
import io.agentos.spi.Gate;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The contract against a gate that keeps it, and against gates that break it. */
final class WordGateContractTest extends GateContract {
  private Gate gate = gate(WordGateContractTest::check);

  @Override
  protected Gate gate() {
    return gate;
  }

  @Override
  protected Checkpoint harmless() {
    return new Checkpoint.BeforeTask(request("hello"), new AgentId("pack", "agent"));
  }

  @Override
  protected Checkpoint harmful() {
    return new Checkpoint.BeforeTask(request("a forbidden word"), new AgentId("pack", "agent"));
  }

  @Test
  void check_gateThatLetsAllPass_isFound() {
    gate = gate(_ -> GateResult.PASS);

    assertThatThrownBy(this::check_harmful_saysWhy).isInstanceOf(AssertionError.class);
  }

  @Test
  void check_gateThatChangesItsMind_isFound() {
    AtomicInteger checks = new AtomicInteger();
    gate = gate(_ -> new GateResult.Block("no " + checks.incrementAndGet()));

    assertThatThrownBy(this::check_askedTwice_saysTheSame).isInstanceOf(AssertionError.class);
  }

  @Test
  void check_gateThatKnowsOneKindOnly_isFound() {
    gate =
        gate(checkpoint -> {
          if (checkpoint instanceof Checkpoint.BeforeTask) {
            return GateResult.PASS;
          }
          throw new IllegalStateException("only tasks");
        });

    assertThatThrownBy(this::check_everyKindOfCheckpoint_isAnswered)
        .isInstanceOf(IllegalStateException.class);
  }

  private static GateResult check(Checkpoint checkpoint) {
    return checkpoint.request().input().text().contains("forbidden")
        ? new GateResult.Block("a forbidden word")
        : GateResult.PASS;
  }

  private static Gate gate(Function<Checkpoint, GateResult> check) {
    return new Gate() {
      @Override
      public String id() {
        return "words";
      }

      @Override
      public GateResult check(Checkpoint checkpoint) {
        return check.apply(checkpoint);
      }
    };
  }
}
