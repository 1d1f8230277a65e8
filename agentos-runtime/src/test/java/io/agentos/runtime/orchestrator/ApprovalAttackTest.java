package io.agentos.runtime.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.api.ApprovalId;
import io.agentos.api.Checkpoint;
import io.agentos.api.ErrorCode;
import io.agentos.api.GateResult;
import io.agentos.api.KeyId;
import io.agentos.api.Quorum;
import io.agentos.api.TaskId;
import io.agentos.runtime.KeyThief;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.approvals.ApprovalView;
import io.agentos.runtime.approvals.Approvals.Say;
import io.agentos.runtime.approvals.Voter;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.identity.Principal;
import io.agentos.runtime.identity.Role;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.state.TaskView;
import io.agentos.spi.Gate;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Each way to get a refund through that nobody said yes to. None may run, and each leaves exactly
 * one entry {@code approval.refused} with its reason.
 */
final class ApprovalAttackTest {
  private static final KeyThief.Target ARGUMENTS =
      new KeyThief.Target(
          "approval", "arguments", "'approval.arguments:' || approval_id", "true", true);

  private static final Voter ANN = Voter.person("key:ann", Role.APPROVER);
  private static final Voter BEN = Voter.person("key:ben", Role.OPERATOR);
  private static final String REFUND = "shop.refund";

  private TestStore store = new TestStore();
  private Shop shop = new Shop();
  private List<Gate> gates = List.of();
  private volatile String policyInForce = "policy-1";
  private TestSystem system = system();

  @BeforeEach
  void open() {
    system = system();
  }

  @AfterEach
  void close() {
    assertThat(store.audit().verify(store.database(), TestStore.ACME).problem()).isEmpty();
    store.close();
  }

  @Test
  void argumentsOverwritten_byWhoHasNoKey() throws SQLException {
    ApprovalView asked = asked();
    pastEveryRule("update approval set arguments = '{\"amount\":1}'");

    assertThatThrownBy(() -> stored(asked))
        .hasMessageMatching(
            "approval.arguments:.* of task .* does not open with its key: .* past AgentOS, or belongs elsewhere\\.");
  }

  private TestSystem system() {
    return new TestSystem(store, shop, null, gates, () -> policyInForce);
  }

  @Test
  void argumentsSwappedAfterTheDecision() throws SQLException {
    ApprovalView asked = approved();
    assertThatThrownBy(() ->
            store
                .database()
                .inEngine(tx -> tx.update("update approval set arguments = '{\"amount\":4000}'")))
        .hasMessage("Postgres refused a statement (SQLSTATE 42501).");

    new KeyThief(store, asked.task()).change(ARGUMENTS, "\"amount\":4", "\"amount\":4000");

    mustBeRefused(asked, ErrorCode.DIGEST_MISMATCH, "What would run is not what approval");
  }

  @Test
  void editedArgumentsSwappedAfterTheDecision() throws SQLException {
    ApprovalView asked = edited(Map.of("amount", 3));

    new KeyThief(store, asked.task())
        .change(
            new KeyThief.Target(
                "approval", "edited_arguments", ARGUMENTS.place(), ARGUMENTS.condition(), true),
            "\"amount\":3",
            "\"amount\":3000");

    mustBeRefused(asked, ErrorCode.DIGEST_MISMATCH, "What would run is not what approval");
  }

  @Test
  void decisionSwappedOnItsWayToTheTask() throws SQLException {
    ApprovalView asked = edited(Map.of("amount", 3));

    new KeyThief(store, asked.task())
        .change(
            new KeyThief.Target("signal", "body", "'signal.body:' || name", "true"),
            "\"amount\":3",
            "\"amount\":3000");

    mustBeRefused(asked, ErrorCode.DIGEST_MISMATCH, "What would run is not what approval");
  }

  @Test
  void anotherCallOnReplay() throws SQLException {
    ApprovalView asked = approved();

    new KeyThief(store, asked.task())
        .change(
            new KeyThief.Target(
                "journal", "body", "'journal.body:' || seq", "name like 'turn-3/model%'"),
            "\"amount\":4",
            "\"amount\":4000");

    mustBeRefused(asked, ErrorCode.DIGEST_MISMATCH, "What would run is not what approval");
  }

  @Test
  void whatIsShownSwappedBeforeTheDecision() throws SQLException {
    ApprovalView asked = asked();
    new KeyThief(store, asked.task()).change(ARGUMENTS, "4", "1");

    mustNotDecide(
        asked,
        yes(asked.digest()),
        ANN,
        ErrorCode.DIGEST_MISMATCH,
        "The record of approval %s no longer says what was asked; it must not be decided.");
  }

  @Test
  void aByteOfWhitespaceInsideAText() throws SQLException {
    ApprovalView asked = approved();

    new KeyThief(store, asked.task()).change(ARGUMENTS, "to Ann", "to  Ann");

    mustBeRefused(asked, ErrorCode.DIGEST_MISMATCH, "What would run is not what approval");
  }

  @Test
  void replayOfAConsumedApproval() throws SQLException {
    ApprovalView asked = approved();
    pastEveryRule("update approval set state = 'consumed', consumed_at = now()");
    assertThatThrownBy(
            () -> pastEveryRule("update approval set state = 'approved', consumed_at = null"))
        .hasMessageContaining("is consumed and cannot become approved");

    mustBeRefused(asked, ErrorCode.CONFLICT, "was used already");
  }

  @Test
  void decisionAfterExpiry() throws SQLException {
    ApprovalView asked = asked();
    pastEveryRule("update approval set expires_at = now() - interval '1 millisecond'");

    mustNotDecide(asked, yes(asked.digest()), ANN, ErrorCode.APPROVAL_EXPIRED, null);
  }

  @Test
  void useAfterExpiry() throws SQLException {
    ApprovalView asked = approved();
    pastEveryRule("update approval set expires_at = now() - interval '1 millisecond'");

    mustBeRefused(asked, ErrorCode.APPROVAL_EXPIRED, "has expired before it was used");
    assertThat(stored(asked).state()).isEqualTo("expired");
  }

  @Test
  void decisionAfterThePoliciesChanged() {
    ApprovalView asked = asked();
    policyInForce = "policy-2";

    mustNotDecide(
        asked,
        yes(asked.digest()),
        ANN,
        ErrorCode.CONFLICT,
        "The policies have changed since approval %s was asked, so that it is superseded; the task must ask again.");

    assertThat(stored(asked).state()).isEqualTo("superseded");
    assertThat(ended(asked).state()).isEqualTo("completed");
    assertThat(refunds()).isEmpty();
    assertThat(refusals(asked)).hasSize(1);
  }

  @Test
  void useAfterThePoliciesChanged() {
    ApprovalView asked = approved();
    policyInForce = "policy-2";

    mustBeRefused(asked, ErrorCode.CONFLICT, "The policies have changed since approval");
  }

  @Test
  void useAfterTheToolChangedWhatItSaysOfItself() {
    ApprovalView asked = approved();
    shop = new Shop("For tests; also sends the money abroad");
    system = system();

    mustBeRefused(asked, ErrorCode.DIGEST_MISMATCH, "is no longer described as it was");
  }

  @Test
  void twoDecisionsAtOnce() throws InterruptedException {
    ApprovalView asked = asked();
    CountDownLatch go = new CountDownLatch(1);
    ConcurrentLinkedQueue<String> outcomes = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (Voter voter : List.of(ANN, BEN)) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                await(go);
                outcomes.add(outcome(asked, voter));
              }));
    }
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(outcomes).containsExactlyInAnyOrder("approved", "CONFLICT");
    assertThat(refusals(asked)).hasSize(1);
    assertThat(refusals(asked).getFirst()).containsEntry("code", "CONFLICT");
  }

  @Test
  void onePersonTwice() {
    gates = List.of(gate(new GateResult.Escalate("Two must look.", Quorum.of(2))));
    system = system();
    ApprovalView asked = asked();
    assertThat(decide(asked, yes(asked.digest()), ANN).state()).isEqualTo("pending");

    mustNotDecide(
        asked,
        yes(asked.digest()),
        ANN,
        ErrorCode.CONFLICT,
        "key:ann has said yes to approval %s already; 2 different people must.");

    assertThat(refunds()).isEmpty();
    assertThat(decide(asked, yes(asked.digest()), BEN).state()).isEqualTo("approved");
    assertThat(ended(asked).state()).isEqualTo("completed");
    assertThat(refunds()).hasSize(1);
  }

  @Test
  void theRequester() {
    ApprovalView asked = asked();
    mustNotDecide(
        asked,
        yes(asked.digest()),
        Voter.person(TestSystem.REQUESTER, Role.ADMIN),
        ErrorCode.FORBIDDEN,
        null);
  }

  @Test
  void whoeverTheRequesterActsFor() {
    TaskId grandparent = system.submit("shop.courier", "key:boss", null);
    TaskId parent = system.submit("shop.courier", "key:middle", grandparent);
    ApprovalView asked = asked(system.submit("shop.clerk", TestSystem.REQUESTER, parent));
    assertThat(asked.excluded()).containsExactly("key:boss", "key:middle", TestSystem.REQUESTER);

    mustNotDecide(
        asked,
        yes(asked.digest()),
        Voter.person("key:boss", Role.ADMIN),
        ErrorCode.FORBIDDEN,
        null);
  }

  @Test
  void anAgentsOwnKey() {
    ApprovalView asked = asked();
    Principal agent =
        new Principal(
            TestStore.ACME, KeyId.next(), "clerk", Role.ADMIN, new AgentId("shop", "clerk"));

    mustNotDecide(asked, yes(asked.digest()), Voter.of(agent), ErrorCode.FORBIDDEN, null);
  }

  @Test
  void aRoleThatMayNotDecide() {
    ApprovalView asked = asked();
    mustNotDecide(
        asked,
        yes(asked.digest()),
        Voter.person("key:dev", Role.DEVELOPER),
        ErrorCode.FORBIDDEN,
        null);
  }

  @Test
  void anEditThatIsForbidden() {
    gates = List.of(gate(new GateResult.Pass()));
    system = system();
    ApprovalView asked = edited(Map.of("amount", 4_000));

    mustBeRefused(asked, ErrorCode.GATE_BLOCKED, "The edit is refused by gate:amount.");
  }

  @Test
  void anEditThatAPolicyForbids() {
    TestSystem.World strict = TestSystem.usual(shop, Path.of("src", "test", "resources", "edits"));
    system = new TestSystem(store, strict, null, List.of(), () -> policyInForce);
    ApprovalView asked = edited(Map.of("amount", 101));

    mustBeRefused(asked, ErrorCode.POLICY_DENIED, "The edit is refused by test/no-large-refunds.");
  }

  @Test
  void anEditThatAPolicyAllows_runs() {
    TestSystem.World strict = TestSystem.usual(shop, Path.of("src", "test", "resources", "edits"));
    system = new TestSystem(store, strict, null, List.of(), () -> policyInForce);
    ApprovalView asked = edited(Map.of("amount", 100));

    assertThat(ended(asked).state()).isEqualTo("completed");
    assertThat(refunds()).hasSize(1);
  }

  @Test
  void theOldDigestAfterAnEdit() {
    gates = List.of(gate(new GateResult.Escalate("Two must look.", Quorum.of(2))));
    system = system();
    ApprovalView asked = asked();
    decide(asked, new Say(Say.Choice.EDIT, Map.of("amount", 3), "", asked.digest()), ANN);

    mustNotDecide(asked, yes(asked.digest()), BEN, ErrorCode.DIGEST_MISMATCH, null);
  }

  /** Escalates or lets pass what is small, and blocks what is not. */
  private static Gate gate(GateResult small) {
    return new Gate() {
      @Override
      public String id() {
        return "amount";
      }

      @Override
      public GateResult check(Checkpoint checkpoint) {
        if (!(checkpoint instanceof Checkpoint.BeforeTool before)
            || !before.tool().name().equals(REFUND)) {
          return new GateResult.Pass();
        }
        return before.call().arguments().get("amount") instanceof Integer amount && amount < 100
            ? small
            : new GateResult.Block("Too much.");
      }
    };
  }

  private static Say yes(String digest) {
    return new Say(Say.Choice.APPROVE, null, "", digest);
  }

  /** What a task asks that has been put away; no node runs afterwards. */
  private ApprovalView asked() {
    return asked(system.submit("shop.clerk"));
  }

  private ApprovalView asked(TaskId task) {
    try (TestSystem.Node _ = system.start(journal -> journal)) {
      system.await(task, view -> !system.pending(task).isEmpty());
    }
    return system.pending(task).getFirst();
  }

  private ApprovalView approved() {
    ApprovalView asked = asked();
    assertThat(decide(asked, yes(asked.digest()), ANN).state()).isEqualTo("approved");
    return asked;
  }

  private ApprovalView edited(Map<String, @Nullable Object> arguments) {
    ApprovalView asked = asked();
    Say say = new Say(Say.Choice.EDIT, arguments, "", asked.digest());
    assertThat(decide(asked, say, ANN).state()).isEqualTo("edited");
    return asked;
  }

  private ApprovalView decide(ApprovalView asked, Say say, Voter by) {
    return system.approvals().decide(TestStore.ACME, ApprovalId.parse(asked.id()), say, by);
  }

  private String outcome(ApprovalView asked, Voter by) {
    try {
      return decide(asked, yes(asked.digest()), by).state();
    } catch (AgentOsException e) {
      return e.code().name();
    }
  }

  private ApprovalView stored(ApprovalView asked) {
    return system.approvals().one(TestStore.ACME, ApprovalId.parse(asked.id()));
  }

  /** The task goes on without the refund, and nobody may decide again. */
  private void mustBeRefused(ApprovalView asked, ErrorCode code, String reason) {
    TaskView ended = ended(asked);
    assertThat(ended.error()).isNull();
    assertThat(ended.state()).isEqualTo("completed");
    assertThat(refunds()).isEmpty();
    List<Map<String, @Nullable Object>> refusals = refusals(asked);
    assertThat(refusals).hasSize(1);
    assertThat(refusals.getFirst()).containsEntry("code", code.name());
    assertThat((String) refusals.getFirst().get("reason")).contains(reason);
    assertThat(stored(asked).state()).isIn("superseded", "expired", "consumed");
  }

  private void mustNotDecide(
      ApprovalView asked, Say say, Voter by, ErrorCode code, @Nullable String reason) {
    assertThatThrownBy(() -> decide(asked, say, by))
        .isInstanceOfSatisfying(
            AgentOsException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              if (reason != null) {
                assertThat(e.detail()).isEqualTo(reason.formatted(asked.id()));
              }
            });
    List<Map<String, @Nullable Object>> refusals = refusals(asked);
    assertThat(refusals).hasSize(1);
    assertThat(refusals.getFirst()).containsEntry("code", code.name());
    assertThat(refunds()).isEmpty();
  }

  private TaskView ended(ApprovalView asked) {
    TaskId task = TaskId.parse(asked.task());
    try (TestSystem.Node _ = system.start(journal -> journal)) {
      return system.await(task, view -> view.endedAt() != null);
    }
  }

  private List<Shop.Call> refunds() {
    return shop.calls().stream().filter(call -> call.what().equals(REFUND)).toList();
  }

  private List<Map<String, @Nullable Object>> refusals(ApprovalView asked) {
    List<Map<String, @Nullable Object>> facts = new ArrayList<>();
    Audit.Filter filter = new Audit.Filter("approval.refused", null, asked.task(), Long.MAX_VALUE);
    for (Audit.Stored entry : store.audit().list(store.database(), TestStore.ACME, filter, 100)) {
      Object told = Json.readObject(entry.body()).get("facts");
      Map<String, @Nullable Object> read = Json.readObject(Json.write(told));
      assertThat(read).containsEntry("approval", asked.id());
      facts.add(read);
    }
    return facts;
  }

  /** What somebody with all rights over the database can do. */
  private void pastEveryRule(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                store.admin().jdbcUrl(), store.admin().user(), store.admin().password());
        Statement statement = connection.createStatement()) {
      statement.execute("set search_path = agentos");
      assertThat(statement.executeUpdate(sql)).isPositive();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
