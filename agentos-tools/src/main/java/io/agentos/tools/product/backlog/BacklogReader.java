package io.agentos.tools.product.backlog;

import static io.agentos.tools.report.Markdown.code;

import io.agentos.tools.report.Finding;
import io.agentos.tools.report.Place;
import io.agentos.tools.report.Rule;
import io.agentos.tools.report.Severity;
import io.agentos.tools.table.Numbers;
import io.agentos.tools.table.Table;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the items of a table and says which cannot be scored. Owned by one thread. */
final class BacklogReader {
  private static final double LARGEST = 1e12;
  private static final Map<String, String> IMPACTS =
      Map.of("massive", "3", "high", "2", "medium", "1", "low", "0.5", "minimal", "0.25");
  private static final Map<String, String> CONFIDENCES =
      Map.of("high", "100", "medium", "80", "low", "50");
  private static final Set<Double> SCALE = Set.of(3.0, 2.0, 1.0, 0.5, 0.25);

  private final Table table;
  private final List<Finding> findings = new ArrayList<>();
  private final List<Item> items = new ArrayList<>();
  private final int name;
  private final int reach;
  private final int impact;
  private final int confidence;
  private final int effort;
  private final boolean percent;

  BacklogReader(Table table) {
    this.table = table;
    this.name =
        table.needed(
            "the item",
            List.of("item", "name", "feature", "title", "initiative", "story", "idea", "epic"));
    this.reach = table.needed("reach", List.of("reach", "users", "customers"));
    this.impact = table.needed("impact", List.of("impact", "value"));
    this.confidence = table.needed("confidence", List.of("confidence", "certainty"));
    this.effort =
        table.needed(
            "effort",
            List.of(
                "effort", "cost", "person months", "person weeks", "weeks", "months", "points"));
    this.percent = isPercent();
    Map<String, Integer> seen = new HashMap<>();
    for (Table.Row row : table.rows()) {
      Integer before = seen.putIfAbsent(row.cell(name).toLowerCase(Locale.ROOT), row.line());
      if (before != null && !row.cell(name).isEmpty()) {
        add(
            BacklogRules.TWICE,
            Severity.MEDIUM,
            row,
            "It stands in line %d too.".formatted(before),
            "Keep one of the two.");
      }
      item(row).ifPresent(items::add);
    }
  }

  List<Item> items() {
    return items;
  }

  List<Finding> findings() {
    return findings;
  }

  /** Whether confidence is written in percent: with a sign or as a number above 1. */
  private boolean isPercent() {
    return table.rows().stream()
        .map(row -> row.cell(confidence))
        .anyMatch(cell ->
            cell.contains("%")
                || CONFIDENCES.containsKey(cell.toLowerCase(Locale.ROOT))
                || Numbers.read(cell).map(one -> one.doubleValue() > 1).orElse(false));
  }

  private Optional<Item> item(Table.Row row) {
    Optional<Double> howMany = number(row, reach, Map.of());
    Optional<Double> howMuch = number(row, impact, IMPACTS);
    Optional<Double> howSure = number(row, confidence, CONFIDENCES);
    Optional<Double> howLong = number(row, effort, Map.of());
    if (howMany.isEmpty() || howMuch.isEmpty() || howSure.isEmpty() || howLong.isEmpty()) {
      return Optional.empty();
    }
    double sure = percent ? howSure.get() / 100 : howSure.get();
    if (sure > 1) {
      add(
          BacklogRules.WRONG,
          Severity.HIGH,
          row,
          "The confidence is %s.".formatted(code(row.cell(confidence))),
          "Write at most 100 %.");
      return Optional.empty();
    }
    if (howLong.get() == 0) {
      add(
          BacklogRules.WRONG,
          Severity.HIGH,
          row,
          "The effort is 0, and nothing takes no time.",
          "Write the smallest you would plan, such as 0.5.");
      return Optional.empty();
    }
    doubts(row, howMuch.get(), sure);
    return Optional.of(
        new Item(row.line(), row.cell(name), howMany.get(), howMuch.get(), sure, howLong.get()));
  }

  private void doubts(Table.Row row, double howMuch, double sure) {
    if (!SCALE.contains(howMuch)) {
      add(
          BacklogRules.OFF_SCALE,
          Severity.LOW,
          row,
          "The impact is %s.".formatted(code(row.cell(impact))),
          "Choose 3, 2, 1, 0.5 or 0.25.");
    }
    if (sure < 0.5) {
      add(
          BacklogRules.MOONSHOT,
          Severity.LOW,
          row,
          "The confidence is %s.".formatted(code(row.cell(confidence))),
          "Plan what would tell: five interviews, a prototype, a query.");
    }
  }

  private Optional<Double> number(Table.Row row, int column, Map<String, String> words) {
    String cell = row.cell(column);
    String title = code(table.titles().get(column));
    if (cell.isEmpty()) {
      add(
          BacklogRules.MISSING,
          Severity.HIGH,
          row,
          "%s is empty.".formatted(title),
          "Estimate it, or take the item out.");
      return Optional.empty();
    }
    Optional<BigDecimal> number =
        Numbers.read(words.getOrDefault(cell.toLowerCase(Locale.ROOT), cell));
    boolean usable =
        number.isPresent() && number.get().signum() >= 0 && number.get().doubleValue() <= LARGEST;
    if (!usable) {
      add(
          BacklogRules.WRONG,
          Severity.HIGH,
          row,
          "%s is %s.".formatted(title, code(cell)),
          "Write a number from 0 up%s."
              .formatted(
                  words.isEmpty()
                      ? ""
                      : ", or one of "
                          + String.join(", ", words.keySet().stream().sorted().toList())));
      return Optional.empty();
    }
    return number.map(BigDecimal::doubleValue);
  }

  private void add(Rule rule, Severity severity, Table.Row row, String what, String fix) {
    Place place = new Place(table.name(), row.line(), row.cell(name));
    findings.add(new Finding(rule, severity, place, what, fix));
  }
}
