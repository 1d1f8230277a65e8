package io.agentos.tools.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolResult;
import io.agentos.tools.files.Call;
import io.agentos.tools.files.FileRoots;
import io.agentos.tools.findings.Found;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CriticalPathTest {
  private static final Path EXAMPLES = Path.of("..", "examples", "planning");

  private static ToolResult path(String tasks, String... more) {
    Object[] arguments = new Object[more.length + 2];
    arguments[0] = "tasks";
    arguments[1] = tasks;
    System.arraycopy(more, 0, arguments, 2, more.length);
    return Call.tool(
        PlanningTools.tools(FileRoots.of(List.of(EXAMPLES))), "planning.critical_path", arguments);
  }

  /** Each task as {@code id early start-early finish slack free slack}. */
  private static List<String> times(ToolResult result) {
    assertThat(result.failed()).as(result.text()).isFalse();
    List<String> times = new ArrayList<>();
    if (result.fields().get("tasks") instanceof List<?> tasks) {
      for (Object task : tasks) {
        Map<?, ?> one = (Map<?, ?>) task;
        times.add(
            "%s %s-%s %s %s"
                .formatted(
                    one.get("id"),
                    one.get("early_start_days"),
                    one.get("early_finish_days"),
                    one.get("slack_days"),
                    one.get("free_slack_days")));
      }
    }
    return times;
  }

  @Test
  void example_timesAreThoseOfPaperAndPencil() {
    ToolResult result = path("kiosk-opening.csv", "start", "2026-03-07");

    assertThat(times(result))
        .containsExactly(
            "A 0-4 0 0",
            "B 4-9 0 0",
            "C 9-26 10 0",
            "D 9-10 0 0",
            "E 10-40 0 0",
            "F 26-30 10 0",
            "G 27-29 11 11",
            "H 40-41 0 0",
            "I 40-43 0 0",
            "J 36-40 3 3",
            "K 4-6 36 0",
            "L 6-7 36 36",
            "M 43-43 0 0");
    assertThat(result.fields())
        .containsEntry("duration_days", new BigDecimal("43"))
        .containsEntry("duration_p80_days", new BigDecimal("44.84"))
        .containsEntry("critical_path", List.of("A", "B", "D", "E", "H", "I", "M"));
    assertThat(Found.page(result))
        .contains(
            "13 tasks, 43 days, until 2026-05-06. 7 of them decide the end: A, B, D, E, H, I and M.")
        .contains("| **E** Kiosk built | 30 | 2026-03-23 | 2026-05-01 | 0 | 0 | Maker |")
        .contains("| **M** Opening | 0 | 2026-05-06 | 2026-05-06 | 0 | 0 | |");
    assertThat(result.text()).contains("A Lease signed           |██████\n");
  }

  @Test
  void example_everyWarning_namedAndNothingElse() {
    assertThat(Found.in(path("kiosk-opening.csv")))
        .containsExactly(
            "medium long-task task E",
            "medium nearly-critical task J",
            "medium negative-lag task I",
            "medium no-owner task I",
            "medium wide-estimate task A",
            "low long-lag task J",
            "low nothing-follows task L",
            "low owner-overlap task K");
  }

  @Test
  void yaml_withUnitsAndLists_isTheSameAsCsv() {
    ToolResult yaml =
        path(
            """
            tasks:
              - {id: a, name: Begin, days: 1w, owner: x}
              - id: b
                duration: 4h
                depends: [a]
                owner: x
            """);

    assertThat(times(yaml)).containsExactly("a 0-5 0 0", "b 5-5.5 0 0");
    assertThat(times(path("id;duration;depends\na;5;\nb;0,5;a\n"))).isEqualTo(times(yaml));
  }

  @Test
  void links_ofAllKinds_calculate() {
    assertThat(
            times(
                path(
                    "id,days,depends\na,10,\nfs,2,a FS+1\nss,2,a SS+1\nff,2,a FF+1\nsf,2,a SF+4\n")))
        .containsExactly("a 0-10 0 0", "fs 11-13 0 0", "ss 1-3 10 10", "ff 9-11 2 2", "sf 2-4 9 9");
  }

  @Test
  void idsWithHyphens_areIdsBeforeTheyAreLags() {
    assertThat(times(path("id,days,depends\nT-1,2,\nT-2,3,T-1\nT-3,1,T-2-1\n")))
        .containsExactly("T-1 0-2 0 0", "T-2 2-5 0 0", "T-3 4-5 0 0");
  }

  @Test
  void circle_isToldWithItsTasks() {
    Found.assertFailure(
        path("id,days,depends\na,1,\nb,1,d\nc,1,b\nd,1,c; a\n"),
        "The tasks depend on each other in a circle: b → c (line 4) → d (line 5) → b (line 3). Take"
            + " one of these dependencies out.");
    Found.assertFailure(
        path("id,days,depends\na,1,a\n"),
        "The tasks depend on each other in a circle: a → a (line 2). Take one of these dependencies"
            + " out.");
  }

  @Test
  void everythingWrong_isToldAtOnce() {
    Found.assertFailure(
        path("id,duration,depends\na,soon,\na,1,\n,2,\nb,1,c\n"),
        """
        The tasks cannot be read:
        - line 2: the duration of task a should be a number of days such as 3, 0.5, 4h or 2w, and \
        is 'soon'
        - line 3: the id a is there already, in line 2
        - line 4: the task has no id
        - line 5: task b depends on c, which is no task\
        """);
  }

  @Test
  void wrongColumns_areToldOf() {
    Found.assertFailure(
        path("task name,how long\na,1\n"),
        "The first line should name the columns id and duration (or optimistic, likely and"
            + " pessimistic), and depends; it has: task name, how long.");
  }

  @Test
  void wrongStart_isToldOf() {
    Found.assertFailure(
        path("id,days\na,1\n", "start", "tomorrow"),
        "The start should be a day such as 2026-03-02, and is 'tomorrow'.");
  }

  @Test
  void owners_withoutRoom_areGrave() {
    assertThat(Found.in(path("id,days,depends,owner\na,3,,x\nb,3,,x\nc,1,a;b,y\n")))
        .containsExactly("high owner-overlap task b");
  }

  @Test
  void fiveThousandTasks_inAChain_areFine() {
    StringBuilder tasks = new StringBuilder("id,days,depends\n");
    for (int i = 0; i < 5_000; i++) {
      tasks.append("t%d,1,%s\n".formatted(i, i == 0 ? "" : "t" + (i - 1)));
    }

    assertThat(path(tasks.toString()).fields())
        .containsEntry("duration_days", new BigDecimal("5000"));
    assertThat(path(tasks + "t5000,1,\n").text())
        .isEqualTo("There are more than 5000 tasks. Plan a part of it.");
  }
}
