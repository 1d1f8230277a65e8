package io.agentos.runtime.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ApprovalId;
import io.agentos.api.TaskId;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.approvals.ApprovalView;
import io.agentos.runtime.approvals.Approvals.Say;
import io.agentos.runtime.state.TaskView;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Gates that want people where no tool is called: as a task begins, and before its answer. */
final class EscalationTest {
  private static TestStore store;
  private TestSystem system;
  private TestSystem.Node node;

  @BeforeAll
  static void open() {
    store = new TestStore();
  }

  @AfterAll
  static void close() {
    assertThat(store.audit().verify(store.database(), TestStore.ACME).problem()).isEmpty();
    store.close();
  }

  @BeforeEach
  void start() {
    system = new TestSystem(store, new Shop());
    node = system.start(UnaryOperator.identity());
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void yes_atBothPlaces_completes_andIsConsumed() {
    TaskId task = system.submit("shop.watched");
    ApprovalView begin = asked(task, "task.begin");
    assertThat(begin.arguments()).containsEntry("text", "Serve the order.");
    say(begin, Say.Choice.APPROVE, null);
    ApprovalView answer = asked(task, "task.answer");
    assertThat(answer.arguments()).containsEntry("text", "word").containsEntry("fields", Map.of());
    say(answer, Say.Choice.APPROVE, null);

    assertThat(ended(task).state()).isEqualTo("completed");
    assertThat(state(begin)).isEqualTo("consumed");
    assertThat(state(answer)).isEqualTo("consumed");
  }

  @Test
  void no_atTheBeginning_denies() {
    TaskId task = system.submit("shop.watched");
    say(asked(task, "task.begin"), Say.Choice.REJECT, null);

    assertThat(ended(task).state()).isEqualTo("denied");
  }

  @Test
  void editedAnswer_goesOut_whenTheGatesLetIt() {
    TaskId task = system.submit("shop.watched");
    say(asked(task, "task.begin"), Say.Choice.APPROVE, null);
    say(asked(task, "task.answer"), Say.Choice.EDIT, Map.of("text", "better"));

    TaskView view = ended(task);
    assertThat(view.state()).isEqualTo("completed");
    assertThat(String.valueOf(view.output())).contains("better").doesNotContain("word");
  }

  @Test
  void editedAnswer_thatAGateForbids_isDenied() {
    TaskId task = system.submit("shop.watched");
    say(asked(task, "task.begin"), Say.Choice.APPROVE, null);
    say(asked(task, "task.answer"), Say.Choice.EDIT, Map.of("text", "much too long an answer"));

    assertThat(ended(task).state()).isEqualTo("denied");
  }

  @Test
  void editedBeginning_isDenied() {
    TaskId task = system.submit("shop.watched");
    say(asked(task, "task.begin"), Say.Choice.EDIT, Map.of("text", "another"));

    assertThat(ended(task).state()).isEqualTo("denied");
  }

  private ApprovalView asked(TaskId task, String tool) {
    system.await(
        task, _ -> system.pending(task).stream().anyMatch(each -> each.tool().equals(tool)));
    return system.pending(task).getFirst();
  }

  private TaskView ended(TaskId task) {
    return system.await(task, view -> view.endedAt() != null);
  }

  private String state(ApprovalView approval) {
    return system.approvals().one(TestStore.ACME, ApprovalId.parse(approval.id())).state();
  }

  private void say(
      ApprovalView approval, Say.Choice choice, @Nullable Map<String, @Nullable Object> arguments) {
    Say say = new Say(choice, arguments, "", approval.digest());
    store
        .database()
        .inTenantDo(
            TestStore.ACME,
            tx ->
                system
                    .approvals()
                    .decide(
                        tx,
                        TestStore.ACME,
                        ApprovalId.parse(approval.id()),
                        say,
                        TestSystem.APPROVER));
  }
}
