package io.agentos.runtime.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.TaskId;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.approvals.Approvals.Say;
import io.agentos.runtime.durable.CrashingJournal;
import io.agentos.runtime.durable.CrashingJournal.Side;
import io.agentos.runtime.state.TaskView;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Kills the process before and after every write of a task and of those it asked for, and wants
 * each part once, and one and the same ending.
 */
final class DelegationCrashTest {
  private static final int WRITES_MAX = 200;
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
  void partsAreDoneOnce_whereverTheProcessDies() throws InterruptedException {
    int crashes = 0;
    for (int at = 1; at < WRITES_MAX; at++) {
      // Either side of every write, in turns: the next run takes the other one.
      Side side = at % 2 == 0 ? Side.BEFORE : Side.AFTER;
      if (!crashed(at, side)) {
        break;
      }
      crashes++;
    }
    assertThat(crashes).isGreaterThan(20);
  }

  /** Whether there was a write number {@code at} to die at. */
  private static boolean crashed(int at, Side side) throws InterruptedException {
    Team team = new Team(store, _ -> Team.says("none"));
    List<CrashingJournal> dying = new ArrayList<>();
    TaskId task = team.system().submit("team.line", TestSystem.REQUESTER, "it", null);
    try (TestSystem.Node _ =
        team.system()
            .start(journal -> {
              dying.add(new CrashingJournal(journal, at, side));
              return dying.getLast();
            })) {
      boolean died = false;
      while (!died && team.system().task(task).endedAt() == null) {
        team.approveBelow(task);
        died = dying.getFirst().diedWithin(5);
      }
      if (!died) {
        return false;
      }
      try (TestSystem.Node _ = team.system().start(journal -> journal)) {
        mustHaveEnded(team, task, team.ended(task, Say.Choice.APPROVE), side + " write " + at);
      }
    }
    return true;
  }

  private static void mustHaveEnded(Team team, TaskId task, TaskView view, String where) {
    assertThat(view.error()).as(where).isNull();
    assertThat(view.output().text())
        .as(where)
        .isEqualTo("<review <one after <plan it>> and shop.refund 7>");
    assertThat(team.below(task))
        .as(where)
        .hasSize(4)
        .extracting(TaskView::state)
        .containsOnly("completed");
    assertThat(
            team.shop().calls().stream()
                .filter(call -> call.what().equals("shop.refund"))
                .map(Shop.Call::key)
                .distinct())
        .as(where)
        .hasSize(1);
  }
}
