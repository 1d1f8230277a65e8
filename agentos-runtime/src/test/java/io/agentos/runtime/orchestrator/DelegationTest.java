package io.agentos.runtime.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.Limits;
import io.agentos.api.Message;
import io.agentos.api.ModelRequest;
import io.agentos.api.TaskId;
import io.agentos.api.TaskInput;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.approvals.Approvals.Say;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.killswitch.KillSwitch.Scope;
import io.agentos.runtime.killswitch.KillSwitches;
import io.agentos.runtime.state.TaskView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Agents give parts of their work to others, within what is left to them, and get it back. */
final class DelegationTest {
  private static TestStore store;

  @BeforeAll
  static void open() {
    store = new TestStore();
  }

  @AfterAll
  static void close() {
    assertThat(store.audit().verify(store.database(), TestStore.ACME).problem()).isEmpty();
    store.close();
  }

  @Test
  void twoParts_workSideBySide_andComeBackTogether() {
    Team team =
        new Team(
            store, turn -> turn == 0 ? Team.parts(Team.read("a"), Team.pay(3)) : Team.says("done"));
    try (TestSystem.Node _ = team.system().start(UnaryOperator.identity())) {
      TaskId task = team.system().submit("team.lead");
      TaskView waiting = team.system().await(task, view -> "child".equals(view.waitingFor()));
      assertThat(waiting.state()).isEqualTo("waiting");
      assertThat(team.ended(task, Say.Choice.APPROVE).state()).isEqualTo("completed");

      List<TaskView> parts = new ArrayList<>(team.below(task));
      // Ids of one millisecond have no order.
      parts.sort(Comparator.comparing(TaskView::agent).reversed());
      assertThat(parts).extracting(TaskView::agent).containsExactly("team.reader", "team.payer");
      assertThat(parts).extracting(TaskView::parent).containsOnly(task.toString());
      assertThat(toolAnswer(team.askedOfLead().getLast()))
          .isEqualTo(
              """
              ## %s of team.reader: completed
              <a>

              ## %s of team.payer: completed
              shop.refund 3\
              """
                  .formatted(parts.get(0).id(), parts.get(1).id()));
      assertThat(team.system().task(task).usage().toolCalls()).isEqualTo(1);
    }
  }

  @Test
  void parts_shareWhatIsLeft() {
    Team team =
        new Team(
            store,
            turn -> turn == 0 ? Team.parts(Team.read("a"), Team.read("b")) : Team.says("done"));
    try (TestSystem.Node _ = team.system().start(UnaryOperator.identity())) {
      TaskId task = team.system().submit("team.lead");
      team.ended(task, Say.Choice.APPROVE);

      // One call of the model of 20 micros is spent; of 41 tool calls one is this.
      assertThat(team.below(task))
          .allSatisfy(part -> {
            Limits limits = limits(part);
            assertThat(limits.costUsdMicrosMax()).isEqualTo((100_000 - 20) / 2);
            assertThat(limits.toolCallsMax()).isEqualTo(10);
          });
    }
  }

  @Test
  void whatPartsRead_staysUntrustedAbove() {
    Team team =
        new Team(
            store,
            turn ->
                switch (turn) {
                  case 0 -> Team.parts(Team.read("a"));
                  case 1 -> Shop.calls(Shop.call("c1", "shop.refund", 5));
                  default -> Team.says("done");
                });
    try (TestSystem.Node _ = team.system().start(UnaryOperator.identity())) {
      TaskId task = team.system().submit("team.lead");
      team.system().await(task, view -> "approval".equals(view.waitingFor()));
      assertThat(team.system().pending(task).getFirst().taint())
          .containsExactly("tool:agents.delegate", "tool:shop.read");
      assertThat(team.ended(task, Say.Choice.APPROVE).state()).isEqualTo("completed");
    }
  }

  @Test
  void moreParts_thanTheAgentMayGiveAway_areRefusedInWords() {
    Team team =
        new Team(
            store,
            turn ->
                switch (turn) {
                  case 0, 1 -> Team.parts(Team.read("a" + turn), Team.read("b"), Team.read("c"));
                  case 2 -> Team.parts(Map.of("agent", "team.reader", "input", Map.of("txt", 1)));
                  case 3 -> Team.parts(Map.of("agent", "shop.clerk", "input", Map.of("text", "x")));
                  default -> Team.says("done");
                });
    try (TestSystem.Node _ = team.system().start(UnaryOperator.identity())) {
      TaskId task = team.system().submit("team.lead");
      assertThat(team.ended(task, Say.Choice.APPROVE).state()).isEqualTo("completed");
      assertThat(team.below(task)).hasSize(3);
      List<ModelRequest> asked = team.askedOfLead();
      assertThat(toolAnswer(asked.get(2)))
          .isEqualTo(
              "3 parts were asked for and 1 are left of the 4 that this task may give away. Ask for fewer, or do the work yourself.");
      assertThat(toolAnswer(asked.get(3)))
          .startsWith("The input for team.reader: ")
          .contains("txt");
      assertThat(toolAnswer(asked.get(4)))
          .startsWith("The arguments of agents.delegate do not fit its schema: /tasks/0/agent");
    }
  }

  @Test
  void placesThatThisTaskWasNotGiven_goToNobody() {
    Team team =
        new Team(
            store,
            turn ->
                switch (turn) {
                  case 0 -> Team.parts(Team.keep("/elsewhere", "a/b.html", "env:OURS"));
                  case 1 -> Team.parts(Team.keep("/given", "../b.html", "env:OURS"));
                  case 2 -> Team.parts(Team.keep("/given", "<p>b</p>", "env:OTHER"));
                  default -> Team.says("done");
                });
    try (TestSystem.Node _ = team.system().start(UnaryOperator.identity())) {
      TaskId task =
          team.system()
              .submit(
                  "team.lead",
                  TestSystem.REQUESTER,
                  new TaskInput.Fields(Map.of("folder", "/given", "database", "env:OURS")),
                  null);
      assertThat(team.ended(task, Say.Choice.APPROVE).state()).isEqualTo("completed");
      List<ModelRequest> asked = team.askedOfLead();
      assertThat(toolAnswer(asked.get(1))).endsWith("/given|/given/a/b.html|env:OURS");
      assertThat(toolAnswer(asked.get(2)))
          .isEqualTo(
              "The input 'page' for team.keeper must be the content of a file with its line breaks, or a file of this task's folder.");
      assertThat(toolAnswer(asked.get(3)))
          .isEqualTo(
              "The input 'database' for team.keeper must be a connection that this task was given.");
      assertThat(team.below(task)).hasSize(1);
    }
  }

  @Test
  void line_handsResultsOn() {
    Team team = new Team(store, _ -> Team.says("none"));
    try (TestSystem.Node _ = team.system().start(UnaryOperator.identity())) {
      TaskId task = team.system().submit("team.line", TestSystem.REQUESTER, "it", null);
      TaskView ended = team.ended(task, Say.Choice.APPROVE);

      assertThat(ended.error()).isNull();
      assertThat(ended.output().text())
          .isEqualTo("<review <one after <plan it>> and shop.refund 7>");
      assertThat((List<?>) ended.output().fields().get("states")).hasSize(2);
      assertThat(team.below(task)).hasSize(4);
    }
  }

  @Test
  void partThatFails_endsALine_unlessItIsOptional() {
    Team team = new Team(store, _ -> Team.says("none"));
    try (TestSystem.Node _ = team.system().start(UnaryOperator.identity())) {
      TaskId strict = team.system().submit("team.line", TestSystem.REQUESTER, "it", null);
      TaskView failed = team.ended(strict, Say.Choice.REJECT);
      assertThat(failed.state()).isEqualTo("failed");
      assertThat(failed.error().detail())
          .isEqualTo(
              "Step 'two', which team.payer was asked for, failed: APPROVAL_REJECTED: Rejected. (by key:approver)");

      TaskId lax = team.system().submit("team.lax", TestSystem.REQUESTER, "it", null);
      assertThat(team.ended(lax, Say.Choice.REJECT).output().text())
          .isEqualTo("<good>; APPROVAL_REJECTED: Rejected. (by key:approver)");
    }
  }

  @Test
  void cancelling_flowsDown() {
    Team team = new Team(store, turn -> turn == 0 ? Team.parts(Team.pay(3)) : Team.says("done"));
    try (TestSystem.Node _ = team.system().start(UnaryOperator.identity())) {
      TaskId chief = team.system().submit("team.chief");
      TaskId lead = onlyBelow(team, chief);
      TaskId payer = onlyBelow(team, lead);
      team.system().await(payer, view -> "approval".equals(view.waitingFor()));
      store
          .database()
          .inTenantDo(
              TestStore.ACME,
              tx -> team.system().stateStore().cancel(tx, TestStore.ACME, chief, "No more."));

      for (TaskId task : List.of(chief, lead, payer)) {
        TaskView ended = team.system().await(task, view -> view.endedAt() != null);
        assertThat(ended.state()).isEqualTo("cancelled");
        assertThat(ended.error().detail()).isEqualTo("No more.");
      }
      assertThat(team.shop().calls()).noneMatch(call -> call.what().equals("shop.refund"));
    }
  }

  @Test
  void killing_flowsDown_andBackUp() {
    Team team = new Team(store, turn -> turn == 0 ? Team.parts(Team.pay(3)) : Team.says("done"));
    KillSwitches switches = new KillSwitches(store.database(), store.audit());
    try (TestSystem.Node _ = team.system().start(UnaryOperator.identity())) {
      TaskId lead = team.system().submit("team.lead");
      TaskId payer = onlyBelow(team, lead);
      team.system().await(payer, view -> "approval".equals(view.waitingFor()));
      var order =
          new KillSwitches.Order(Scope.TASK, lead.toString(), "Look at it.", "key:operator");
      var engaged =
          store
              .database()
              .inTenant(TestStore.ACME, tx -> switches.engage(tx, TestStore.ACME, order));
      team.system().approve(payer);
      team.system().await(payer, view -> "killed".equals(view.waitingFor()));
      assertThat(team.shop().calls()).noneMatch(call -> call.what().equals("shop.refund"));

      store
          .database()
          .inTenantDo(
              TestStore.ACME,
              tx -> switches.release(tx, TestStore.ACME, engaged.id(), "key:operator"));
      assertThat(team.ended(lead, Say.Choice.APPROVE).state()).isEqualTo("completed");
    }
  }

  private static TaskId onlyBelow(Team team, TaskId task) {
    team.system().await(task, _ -> !team.below(task).isEmpty());
    return TaskId.parse(team.below(task).getFirst().id());
  }

  private static String toolAnswer(ModelRequest request) {
    return ((Message.ToolAnswer) request.messages().getLast()).text();
  }

  private static Limits limits(TaskView task) {
    return store
        .database()
        .inEngine(tx ->
            tx.queryOne(
                "select limits from task where task_id = ?",
                row -> Json.read(row.text("limits"), Limits.class),
                TaskId.parse(task.id()).value()))
        .orElseThrow();
  }
}
