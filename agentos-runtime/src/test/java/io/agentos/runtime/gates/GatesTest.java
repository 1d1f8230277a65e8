package io.agentos.runtime.gates;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.AuditEntry;
import io.agentos.api.Checkpoint;
import io.agentos.api.GateResult;
import io.agentos.api.Quorum;
import io.agentos.api.Zone;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.definitions.AgentLimits;
import io.agentos.runtime.definitions.GateCheck;
import io.agentos.runtime.definitions.GateDefinition;
import io.agentos.runtime.definitions.GateMatch;
import io.agentos.runtime.definitions.GatePlace;
import io.agentos.runtime.definitions.OnFinding;
import io.agentos.runtime.definitions.OutputTemplate;
import io.agentos.runtime.definitions.WorkflowAgent;
import io.agentos.spi.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What gates say together; and that no gate, however hostile, holds or breaks a task. */
final class GatesTest {
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final String BROKE = "The gate broke; what cannot be checked does not pass.";
  private static final String SLOW =
      "The gate took too long; what cannot be checked does not pass.";
  private static final String STUCK = "The gate is stuck; what cannot be checked does not pass.";

  private final AtomicBoolean over = new AtomicBoolean();
  private final GateThreads threads = new GateThreads();
  private final RecordedStep step = new RecordedStep();

  @AfterEach
  void release() {
    over.set(true);
  }

  @Test
  void gates_areAskedInOrder_andTheFirstBlockEndsIt() {
    List<String> asked = new ArrayList<>();
    List<Gate> gates =
        List.of(
            gate("a", _ -> say(asked, "a", GateResult.PASS)),
            gate("b", _ -> say(asked, "b", new GateResult.Escalate("look"))),
            gate("c", _ -> say(asked, "c", new GateResult.Block("no"))),
            gate("d", _ -> say(asked, "d", GateResult.PASS)));

    assertThat(clear(gates, Asked.answer("x"))).isEqualTo(new Clearance.Refused("gate:c", "no"));
    assertThat(asked).containsExactly("a", "b", "c");
    assertThat(step.events)
        .containsExactly("gate.refused {gate=c, reason=no, step=gates, verdict=block}");
    assertThat(step.audits).extracting(AuditEntry::type).containsExactly("gate.refused");
    assertThat(step.audits).extracting(AuditEntry::actor).containsExactly("agent:shop.clerk");
  }

  @Test
  void gates_questionOutweighsRepair_andQuorumsAreJoined() {
    List<Gate> gates =
        List.of(
            gate("a", _ -> new GateResult.Fix(List.of("shorter"))),
            gate(
                "b",
                _ -> new GateResult.Escalate("money", new Quorum(2, List.of("operator", "admin")))),
            gate("c", _ -> new GateResult.Escalate("night", new Quorum(1, List.of("admin")))));

    assertThat(clear(gates, Asked.answer("x")))
        .isEqualTo(new Clearance.Ask("gate:b", "money", new Quorum(2, List.of("admin"))));
    assertThat(step.events).isEmpty();
  }

  @Test
  void gates_repairsAreToldTogether() {
    List<Gate> gates =
        List.of(
            gate("a", _ -> new GateResult.Fix(List.of("shorter"))),
            gate("b", _ -> new GateResult.Fix(List.of("kinder"))));

    assertThat(clear(gates, Asked.answer("x")))
        .isEqualTo(new Clearance.Repair("a, b", List.of("shorter", "kinder")));
    assertThat(step.events)
        .containsExactly(
            "gate.refused {gate=a, b, reason=shorter kinder, step=gates, verdict=fix}");
  }

  @Test
  void gates_repairWhereNothingCanBeMended_isARefusal() {
    List<Gate> gates = List.of(gate("a", _ -> new GateResult.Fix(List.of("shorter"))));

    assertThat(clear(gates, Asked.task("x"))).isEqualTo(new Clearance.Refused("gate:a", "shorter"));
  }

  @Test
  void gates_allPass_isCleared() {
    assertThat(clear(List.of(gate("a", _ -> GateResult.PASS)), Asked.task("x")))
        .isEqualTo(new Clearance.Cleared());
    assertThat(step.events).containsExactly("gate.passed {step=gates}");
  }

  @Test
  void gatesOfTheAgent_standWhereTheirDocumentPutsThem() {
    GateMatch redMail =
        new GateMatch(
            true, List.of(), List.of(), List.of("mail.*"), List.of(Zone.YELLOW, Zone.RED));
    AgentDefinition agent = agent(List.of(definition("look", GatePlace.TOOL, redMail)));

    assertThat(clear(agent, Asked.tool("{}"))).isInstanceOf(Clearance.Ask.class);
    assertThat(clear(agent, Asked.task("x"))).isInstanceOf(Clearance.Cleared.class);
    GateMatch others = new GateMatch(true, List.of(), List.of(), List.of("http.*"), List.of());
    assertThat(clear(agent(List.of(definition("look", GatePlace.TOOL, others))), Asked.tool("{}")))
        .isInstanceOf(Clearance.Cleared.class);
    GateMatch red = new GateMatch(true, List.of(), List.of(), List.of(), List.of(Zone.RED));
    assertThat(clear(agent(List.of(definition("look", GatePlace.TOOL, red))), Asked.tool("{}")))
        .isInstanceOf(Clearance.Cleared.class);
  }

  @Test
  void hostileGate_throws_blocks() {
    assertThat(
            ask(_ -> {
              throw new IllegalStateException("x");
            }))
        .isEqualTo(BROKE);
    assertThat(
            ask(_ -> {
              throw new NoClassDefFoundError("x");
            }))
        .isEqualTo(BROKE);
    assertThat(
            ask(_ -> {
              throw new AssertionError("x");
            }))
        .isEqualTo(BROKE);
    assertThat(ask(GatesTest::deeper)).isEqualTo(BROKE);
    assertThat(ask(_ -> null)).isEqualTo(BROKE);
  }

  @Test
  void hostileGate_heedsTheInterrupt_blocksAndGivesItsThreadBack() throws InterruptedException {
    GateThreads.Line line = new GateThreads.Line();
    CountDownLatch interrupted = new CountDownLatch(1);
    Gate sleeper =
        gate(
            "sleeper",
            _ -> {
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
              return GateResult.PASS;
            });

    assertThat(Asked.words(threads.ask(line, sleeper, Asked.task("x"), SHORT))).isEqualTo(SLOW);
    interrupted.await();
    while (line.stuck() > 0) {
      Thread.onSpinWait();
    }
    assertThat(line.stuck()).isZero();
  }

  @Test
  void hostileGate_heedsNothing_isAskedNoMoreAfterSomeThreads() {
    GateThreads.Line line = new GateThreads.Line();
    AtomicInteger asked = new AtomicInteger();
    Gate loop =
        gate(
            "loop",
            _ -> {
              asked.incrementAndGet();
              while (!over.get()) {
                Thread.onSpinWait();
              }
              return GateResult.PASS;
            });

    List<String> said = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      said.add(Asked.words(threads.ask(line, loop, Asked.task("x"), SHORT)));
    }

    assertThat(said).containsExactly(SLOW, SLOW, SLOW, SLOW, STUCK, STUCK, STUCK, STUCK);
    assertThat(asked).hasValue(GateThreads.STUCK_MAX);
    // Others have their own line, and virtual threads their carriers.
    assertThat(ask(_ -> GateResult.PASS)).isEqualTo("pass");
    over.set(true);
    while (line.stuck() > 0) {
      Thread.onSpinWait();
    }
    assertThat(Asked.words(threads.ask(line, loop, Asked.task("x"), Duration.ofSeconds(10))))
        .isEqualTo("pass");
  }

  @Test
  void interruptOfTheTask_waitsForTheGate_andIsKept() {
    Thread.currentThread().interrupt();

    assertThat(ask(_ -> GateResult.PASS)).isEqualTo("pass");
    assertThat(Thread.interrupted()).isTrue();
  }

  private String ask(Function<Checkpoint, GateResult> check) {
    return Asked.words(
        threads.ask(
            new GateThreads.Line(), gate("g", check), Asked.task("x"), Duration.ofSeconds(10)));
  }

  private Clearance clear(List<Gate> gates, Checkpoint checkpoint) {
    return new Gates(gates, Asked.NOON)
        .clear(step, "gates", checkpoint, agent(List.of()), List.of());
  }

  private Clearance clear(AgentDefinition agent, Checkpoint checkpoint) {
    return new Gates(List.of(), Asked.NOON).clear(step, "gates", checkpoint, agent, List.of());
  }

  private static GateResult say(List<String> asked, String name, GateResult result) {
    asked.add(name);
    return result;
  }

  /** A list within a list without end, which is written down level by level. */
  private static GateResult deeper(Checkpoint checkpoint) {
    List<Object> endless = new ArrayList<>();
    endless.add(List.of(endless));
    return new GateResult.Block(checkpoint.agent() + endless.toString());
  }

  private static GateDefinition definition(String name, GatePlace at, GateMatch match) {
    return new GateDefinition(
        name,
        "Test",
        List.of(at),
        new GateCheck.Human("Look."),
        OnFinding.ESCALATE,
        Quorum.ONE,
        match,
        GateDefinition.TIMEOUT_DEFAULT);
  }

  private static AgentDefinition agent(List<GateDefinition> gates) {
    return new AgentDefinition(
        Asked.AGENT,
        "An agent",
        Zone.GREEN,
        List.of(),
        List.of(),
        Map.of(),
        List.of(),
        List.of(),
        AgentLimits.NONE,
        new WorkflowAgent(List.of(), new OutputTemplate("x", null)),
        gates);
  }

  private static Gate gate(String id, Function<Checkpoint, GateResult> check) {
    return new Gate() {
      @Override
      public String id() {
        return id;
      }

      @Override
      public GateResult check(Checkpoint checkpoint) {
        return check.apply(checkpoint);
      }
    };
  }
}
