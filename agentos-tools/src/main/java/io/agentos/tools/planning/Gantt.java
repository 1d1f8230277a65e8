package io.agentos.tools.planning;

import io.agentos.tools.files.Printable;
import io.agentos.tools.planning.Schedule.Slot;
import java.util.Comparator;
import java.util.List;

/** A chart of a schedule in plain characters. */
final class Gantt {
  private static final int WIDTH = 60;
  private static final int NAME_WIDTH = 24;
  private static final int ROWS_MAX = 100;

  private Gantt() {}

  static String of(Schedule schedule) {
    List<Slot> slots =
        schedule.slots().values().stream()
            .sorted(
                Comparator.comparingLong(Slot::earlyStart)
                    .thenComparingLong(Slot::earlyFinish)
                    .thenComparing(slot -> slot.task().id()))
            .toList();
    StringBuilder text = new StringBuilder("```\n");
    String end = "day " + Days.text(schedule.end());
    text.append(" ".repeat(NAME_WIDTH)).append(" day 0");
    text.append(" ".repeat(Math.max(1, WIDTH - 5 - end.length()))).append(end).append('\n');
    slots.stream().limit(ROWS_MAX).forEach(slot -> row(text, slot, schedule.end()));
    text.append("```\n\n█ decides the end · ▒ can move · ░ room to move · ◆ takes no time\n");
    if (slots.size() > ROWS_MAX) {
      text.append("\n… and %d more.\n".formatted(slots.size() - ROWS_MAX));
    }
    return text.toString();
  }

  private static void row(StringBuilder text, Slot slot, long end) {
    String name =
        slot.task().id().equals(slot.task().name())
            ? slot.task().id()
            : slot.task().id() + " " + slot.task().name();
    String shown = Printable.line(name.replace('`', '\''), NAME_WIDTH);
    text.append(shown).append(" ".repeat(NAME_WIDTH - shown.length())).append(" |");
    int from = place(slot.earlyStart(), end);
    int to = Math.max(from + 1, place(slot.earlyFinish(), end));
    int late = Math.max(to, place(slot.lateFinish(), end));
    text.append(" ".repeat(from));
    if (slot.task().duration() == 0) {
      text.append('◆');
    } else {
      text.append((slot.critical() ? "█" : "▒").repeat(to - from));
    }
    text.append("░".repeat(late - to)).append('\n');
  }

  private static int place(long time, long end) {
    return end == 0 ? 0 : Math.clamp(Math.round((double) time * WIDTH / end), 0, WIDTH - 1);
  }
}
