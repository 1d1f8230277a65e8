package io.agentos.runtime.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.TaskId;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.approvals.Approvals.Say;
import io.agentos.runtime.state.TaskView;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A pack that a tenant has disabled serves no new task; what was routed before goes on. */
final class PackShelfTest {
  private static TestStore store;

  @BeforeAll
  static void open() {
    store = new TestStore();
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @Test
  void disabledPack_servesNoNewTask_andEndsWhatItBegan() {
    Team team = new Team(store, _ -> Team.says("done"));
    try (TestSystem.Node _ = team.system().start(UnaryOperator.identity())) {
      TaskId begun = team.system().submit("team.line", TestSystem.REQUESTER, "it", null);
      team.system().await(begun, _ -> team.below(begun).size() == 3);
      enable(team, false);

      TaskView refused = ended(team, "team.lead");
      assertThat(refused.state()).isEqualTo("failed");
      assertThat(refused.error().detail())
          .isEqualTo(
              "Pack 'team' is disabled for this tenant; enable it with agentos pack enable team, or name an agent of another pack.");
      // Its own program goes on; the part that it asks for after that is a new task.
      assertThat(team.ended(begun, Say.Choice.APPROVE).error().detail())
          .startsWith("Step 'review', which team.reader was asked for, failed: UNKNOWN_AGENT");

      enable(team, true);
      assertThat(ended(team, "team.lead").state()).isEqualTo("completed");
    }
  }

  @Test
  void otherPacks_takeTheirPlace_forNewTasks() {
    Team team = new Team(store, _ -> Team.says("done"));
    try (TestSystem.Node _ = team.system().start(UnaryOperator.identity())) {
      team.system().shelf().replace(List.of());
      assertThat(ended(team, "team.lead").error().detail())
          .isEqualTo("There is no agent: no pack is enabled.");
    }
  }

  private static TaskView ended(Team team, String agent) {
    return team.ended(team.system().submit(agent), Say.Choice.APPROVE);
  }

  private static void enable(Team team, boolean enabled) {
    store
        .database()
        .inTenantDo(
            TestStore.ACME,
            tx -> team.system().shelf().set(tx, TestStore.ACME, "team", enabled, "key:admin"));
  }
}
