package io.agentos.runtime.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import io.agentos.api.ApprovalId;
import io.agentos.api.Checkpoint;
import io.agentos.api.ErrorCode;
import io.agentos.api.GateResult;
import io.agentos.api.TaskId;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.approvals.ApprovalView;
import io.agentos.runtime.approvals.Approvals.Say;
import io.agentos.runtime.approvals.Voter;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.identity.Role;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.state.TaskView;
import io.agentos.spi.Gate;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Refunds that are asked for, and ways to get one through that nobody said yes to. */
final class RefundAttack implements AutoCloseable {
  static final Voter ANN = Voter.person("key:ann", Role.APPROVER);
  static final Voter BEN = Voter.person("key:ben", Role.OPERATOR);
  static final String REFUND = "shop.refund";
  TestStore store = new TestStore();
  Shop shop = new Shop();
  List<Gate> gates = List.of();
  volatile String policyInForce = "policy-1";
  TestSystem system = newSystem();

  TestSystem newSystem() {
    return new TestSystem(store, shop, null, gates, () -> policyInForce);
  }

  /** Escalates or lets pass what is small, and blocks what is not. */
  static Gate gate(GateResult small) {
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

  static Say yes(String digest) {
    return new Say(Say.Choice.APPROVE, null, "", digest);
  }

  /** What a task asks that has been put away; no node runs afterwards. */
  ApprovalView asked() {
    return asked(system.submit("shop.clerk"));
  }

  ApprovalView asked(TaskId task) {
    try (TestSystem.Node _ = system.start(journal -> journal)) {
      system.await(task, view -> !system.pending(task).isEmpty());
    }
    return system.pending(task).getFirst();
  }

  ApprovalView approved() {
    ApprovalView asked = asked();
    assertThat(decide(asked, yes(asked.digest()), ANN).state()).isEqualTo("approved");
    return asked;
  }

  ApprovalView edited(Map<String, @Nullable Object> arguments) {
    ApprovalView asked = asked();
    Say say = new Say(Say.Choice.EDIT, arguments, "", asked.digest());
    assertThat(decide(asked, say, ANN).state()).isEqualTo("edited");
    return asked;
  }

  ApprovalView decide(ApprovalView asked, Say say, Voter by) {
    return system.approvals().decide(TestStore.ACME, ApprovalId.parse(asked.id()), say, by);
  }

  String outcome(ApprovalView asked, Voter by) {
    try {
      return decide(asked, yes(asked.digest()), by).state();
    } catch (AgentOsException e) {
      return e.code().name();
    }
  }

  ApprovalView stored(ApprovalView asked) {
    return system.approvals().one(TestStore.ACME, ApprovalId.parse(asked.id()));
  }

  /** The task goes on without the refund, and nobody may decide again. */
  void mustBeRefused(ApprovalView asked, ErrorCode code, String reason) {
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

  void mustNotDecide(
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

  TaskView ended(ApprovalView asked) {
    TaskId task = TaskId.parse(asked.task());
    try (TestSystem.Node _ = system.start(journal -> journal)) {
      return system.await(task, view -> view.endedAt() != null);
    }
  }

  List<Shop.Call> refunds() {
    return shop.calls().stream().filter(call -> call.what().equals(REFUND)).toList();
  }

  List<Map<String, @Nullable Object>> refusals(ApprovalView asked) {
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
  void pastEveryRule(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                store.admin().jdbcUrl(), store.admin().user(), store.admin().password());
        Statement statement = connection.createStatement()) {
      statement.execute("set search_path = agentos");
      assertThat(statement.executeUpdate(sql)).isPositive();
    }
  }

  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    assertThat(store.audit().verify(store.database(), TestStore.ACME).problem()).isEmpty();
    store.close();
  }
}
