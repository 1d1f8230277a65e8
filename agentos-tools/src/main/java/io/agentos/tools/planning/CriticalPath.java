package io.agentos.tools.planning;

import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.spi.ToolArguments;
import io.agentos.tools.files.GivenText;
import io.agentos.tools.files.InputSchema;
import io.agentos.tools.files.TextTool;
import io.agentos.tools.files.WorkspaceTool;
import io.agentos.tools.findings.Report;
import io.agentos.tools.findings.Words;
import io.agentos.tools.planning.Schedule.Slot;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tool {@code planning.critical_path}. */
final class CriticalPath implements TextTool.Work {
  private static final GivenText.Kind TASKS =
      new GivenText.Kind("the tasks", List.of(".csv", ".tsv", ".yaml", ".yml"), 2 * 1024 * 1024);

  /** Of the standard normal distribution: four of five values are below. */
  private static final double EIGHTY_PERCENT = 0.8416;

  static ToolSpec spec() {
    return WorkspaceTool.readOnly(
        "planning.critical_path",
        "Calculates the critical path of tasks in CSV or YAML (id, name, duration, depends, owner; or"
            + " optimistic, likely, pessimistic): early and late times, slack, dates, what decides the"
            + " end, overlaps of owners, and a chart. Dependencies may be FS, SS, FF or SF with lag.",
        InputSchema.empty()
            .text(
                "tasks",
                "The tasks, or a file that ends in .csv, .tsv, .yaml or .yml",
                TASKS.bytesMax())
            .required("tasks")
            .text("start", "The first day, such as 2026-03-02; then dates are told too", 20),
        Duration.ofMinutes(1));
  }

  @Override
  public ToolResult run(ToolArguments arguments, TextTool.Texts texts) throws IOException {
    GivenText given = texts.read(arguments.text("tasks"), TASKS);
    Optional<WorkCalendar> calendar = WorkCalendar.from(arguments.optionalText("start"));
    Schedule schedule = Schedule.of(TaskReader.read(given.text()));
    Report report =
        new Report("Critical path" + (given.name().isEmpty() ? "" : ": " + given.name()));
    report.findings(PlanRules.findings(schedule));
    summary(report, schedule, calendar);
    report.section("Chart", Gantt.of(schedule));
    report.table("Tasks", titles(calendar), rows(schedule, calendar));
    fields(report, schedule, calendar);
    report.note(
        calendar.isPresent()
            ? "Dates count Monday to Friday; holidays are not known."
            : "Days are working days; give start (such as 2026-03-02) for dates.");
    report.note("Calculated without regard to who is free; overlaps of owners are findings.");
    return report.result();
  }

  private static void summary(Report report, Schedule schedule, Optional<WorkCalendar> calendar) {
    List<Slot> critical = schedule.critical();
    String until =
        calendar.map(one -> ", until %s".formatted(one.finishOf(schedule.end()))).orElse("");
    report.summary(
        "%s, %s%s. %d of them decide the end: %s."
            .formatted(
                Words.count(schedule.slots().size(), "task"),
                Days.words(schedule.end()),
                until,
                critical.size(),
                Words.list(critical.stream().map(slot -> slot.task().id()).toList(), 30)));
    double variance =
        critical.stream()
            .flatMap(slot -> slot.task().spread().stream())
            .mapToDouble(spread -> spread.deviation() * spread.deviation())
            .sum();
    if (variance > 0) {
      long likely = schedule.end() + Math.round(EIGHTY_PERCENT * Math.sqrt(variance));
      report.summary(
          "With the three-point estimates: four of five times it is done within %s (PERT)."
              .formatted(Days.words(likely)));
      report.field("duration_p80_days", Days.number(likely));
    }
  }

  private static List<String> titles(Optional<WorkCalendar> calendar) {
    return calendar.isPresent()
        ? List.of("Task", "Days", "Start", "Finish", "Slack", "Free", "Owner")
        : List.of(
            "Task",
            "Days",
            "Early start",
            "Early finish",
            "Late start",
            "Late finish",
            "Slack",
            "Free",
            "Owner");
  }

  private static List<List<String>> rows(Schedule schedule, Optional<WorkCalendar> calendar) {
    List<List<String>> rows = new ArrayList<>();
    for (Slot slot : schedule.slots().values()) {
      List<String> row = new ArrayList<>();
      row.add(
          (slot.critical() ? "**" : "")
              + slot.task().id()
              + (slot.critical() ? "**" : "")
              + " "
              + slot.task().name());
      row.add(Days.text(slot.task().duration()));
      if (calendar.isPresent()) {
        row.add(calendar.get().startOf(slot.earlyStart(), slot.earlyFinish()).toString());
        row.add(calendar.get().finishOf(slot.earlyFinish()).toString());
      } else {
        row.add(Days.text(slot.earlyStart()));
        row.add(Days.text(slot.earlyFinish()));
        row.add(Days.text(slot.lateStart()));
        row.add(Days.text(slot.lateFinish()));
      }
      row.add(Days.text(slot.slack()));
      row.add(Days.text(slot.freeSlack()));
      row.add(slot.task().owner());
      rows.add(row);
    }
    return rows;
  }

  private static void fields(Report report, Schedule schedule, Optional<WorkCalendar> calendar) {
    report.field("duration_days", Days.number(schedule.end()));
    report.field(
        "critical_path", schedule.critical().stream().map(slot -> slot.task().id()).toList());
    List<Map<String, @Nullable Object>> tasks = new ArrayList<>();
    for (Slot slot : schedule.slots().values()) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      fields.put("id", slot.task().id());
      fields.put("name", slot.task().name());
      fields.put("owner", slot.task().owner());
      fields.put("duration_days", Days.number(slot.task().duration()));
      fields.put("early_start_days", Days.number(slot.earlyStart()));
      fields.put("early_finish_days", Days.number(slot.earlyFinish()));
      fields.put("late_start_days", Days.number(slot.lateStart()));
      fields.put("late_finish_days", Days.number(slot.lateFinish()));
      fields.put("slack_days", Days.number(slot.slack()));
      fields.put("free_slack_days", Days.number(slot.freeSlack()));
      fields.put("critical", slot.critical());
      calendar.ifPresent(one -> {
        fields.put("start_date", one.startOf(slot.earlyStart(), slot.earlyFinish()).toString());
        fields.put("finish_date", one.finishOf(slot.earlyFinish()).toString());
      });
      tasks.add(fields);
    }
    report.field("tasks", tasks);
  }
}
