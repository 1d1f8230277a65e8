package io.agentos.runtime.policy;

import static io.agentos.runtime.TestStore.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.Quorum;
import io.agentos.api.Request;
import io.agentos.api.TaskId;
import io.agentos.api.TaskInput;
import io.agentos.api.ToolCall;
import io.agentos.api.Usage;
import io.agentos.api.Zone;
import io.agentos.runtime.KeyThief;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.definitions.AgentLimits;
import io.agentos.runtime.policy.Simulation.Report;
import io.agentos.runtime.state.StateStore;
import io.agentos.runtime.store.Write;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A candidate over decisions that were made and recorded on a real Postgres. */
final class SimulationTest {
  private static final AgentDefinition CLERK = Samples.agent("shop.clerk", Zone.GREEN);
  private static final String CANDIDATE =
      """
      apiVersion: agentos.io/v1
      kind: Policy
      metadata: {name: strict, description: Strict}
      spec:
        rules:
          - name: large
            effect: require-approval
            match: {tools: [pay.refund]}
            when: args.amount > 50
            reason: Much money.
          - name: secret-then-mail
            kind: egress
            effect: forbid
            match: {tools: [mail.send]}
            when: "'secrets.read' in history.tools"
            reason: A secret was read.
          - name: few
            kind: rate-limit
            effect: limit
            match: {tools: [files.read]}
            rate: {max: 3, window: PT1H}
            reason: Enough.
          - name: text
            effect: forbid
            match: {tools: [mail.send]}
            when: args.body.contains('password')
            reason: No passwords.
      """;

  private TestStore store;
  private Policies policies;
  private int position;

  @BeforeEach
  void start() {
    store = new TestStore();
    policies =
        new Policies(
            store.database(),
            List.of(
                new Policy(
                    "test",
                    "A test",
                    List.of(Samples.permit("tools", Samples.match().tools("*").build())))),
            InstantSource.system());
  }

  @AfterEach
  void stop() {
    store.close();
  }

  @Test
  void candidate_saysWhatWouldChange_andTheRecordIsDeterministic() {
    TaskId task = task();
    decide(task, "pay.refund", Map.of("amount", 20), List.of());
    decide(task, "pay.refund", Map.of("amount", 70), List.of());
    decide(task, "pay.refund", Map.of("amount", 70.5), List.of());
    decide(task, "mail.send", Map.of("body", "hello"), List.of());
    decide(task, "mail.send", Map.of("body", "hello"), List.of("secrets.read"));
    decide(task, "mail.send", Map.of("body", "long ".repeat(2_000)), List.of());
    for (int i = 0; i < 5; i++) {
      decide(task, "files.read", Map.of(), List.of());
    }

    Report report =
        new Simulation(store.database(), store.keys(), policies)
            .run(
                ACME,
                policies.candidate(List.of(CANDIDATE)),
                new Simulation.Span(Instant.EPOCH, Instant.now().plusSeconds(60), 1_000));

    assertThat(report.decisions()).isEqualTo(11);
    assertThat(report.changed()).isEqualTo(5);
    assertThat(report.uncertain()).isEqualTo(1);
    assertThat(report.deterministic()).isTrue();
    assertThat(report.complete()).isTrue();
    assertThat(report.changes())
        .extracting(change ->
            "%s %s>%s %d".formatted(change.rule(), change.from(), change.to(), change.count()))
        .containsExactly(
            "tenant:strict/few permit>forbid 2",
            "tenant:strict/large permit>require-approval 2",
            "tenant:strict/secret-then-mail permit>forbid 1");
    assertThat(report.changes().get(2).examples()).containsExactly(task + "/call-5/policy");
  }

  @Test
  void orderOfArguments_isThatOfTheRecord() {
    policies =
        new Policies(
            store.database(),
            List.of(
                new Policy(
                    "test",
                    "A test",
                    List.of(
                        new Rule(
                            "first",
                            Rule.Kind.ACCESS,
                            Rule.Effect.PERMIT,
                            Samples.match().tools("*").build(),
                            "args.map(name, name)[0] == 'a'",
                            "",
                            AgentLimits.NONE,
                            Quorum.ONE,
                            null,
                            0)))),
            InstantSource.system());
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("z", 1);
    arguments.put("a", 2);
    decide(task(), "pay.refund", arguments, List.of());

    Report report =
        new Simulation(store.database(), store.keys(), policies)
            .run(
                ACME,
                policies.candidate(List.of()),
                new Simulation.Span(Instant.EPOCH, Instant.now().plusSeconds(60), 1_000));

    assertThat(report.deterministic()).isTrue();
    assertThat(report.changed()).isZero();
  }

  @Test
  void recordThatWasAltered_isNotDeterministic() throws SQLException {
    TaskId task = task();
    decide(task, "pay.refund", Map.of("amount", 20), List.of());
    new KeyThief(store, task.toString())
        .change(
            new KeyThief.Target(
                "policy_decision",
                "decision",
                "'policy_decision.decision:' || position || ':' || ordinal",
                "true"),
            "tools",
            "toola");

    Report report =
        new Simulation(store.database(), store.keys(), policies)
            .run(
                ACME,
                policies.candidate(List.of()),
                new Simulation.Span(Instant.EPOCH, Instant.now().plusSeconds(60), 1_000));

    assertThat(report.deterministic()).isFalse();
    assertThat(report.differing()).containsExactly(task + "/call-1/policy");
  }

  private TaskId task() {
    TaskId task = TaskId.next();
    Request request = request(task);
    StateStore states = new StateStore(store.database(), store.keys());
    store.database().inTenantDo(ACME, tx -> states.create(tx, request, "test"));
    return task;
  }

  private void decide(
      TaskId task, String tool, Map<String, Object> arguments, List<String> history) {
    position++;
    TestStep step =
        new TestStep("acme", task, position, "call-" + position + "/policy")
            .with(
                store.database().inTenant(ACME, tx -> store.keys().in(tx, ACME).ofTask(tx, task)));
    policies.tool(
        step,
        new Action(
            request(task),
            CLERK,
            Samples.tool(tool, Zone.YELLOW),
            new ToolCall("1", tool, new LinkedHashMap<>(arguments)),
            new Progress("", history, List.of(), Usage.NONE)));
    store
        .database()
        .inEngine(tx -> {
          for (Write write : step.writes()) {
            tx.update(write.sql(), write.parameters().toArray());
          }
          return true;
        });
  }

  private static Request request(TaskId task) {
    return new Request(
        ACME,
        task,
        "key:test",
        new Request.Target(null, null, null),
        new TaskInput.Text("go"),
        5,
        null,
        null,
        Map.of(),
        null);
  }
}
