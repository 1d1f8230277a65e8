package io.agentos.tools.product.backlog;

import static io.agentos.tools.report.Markdown.cell;
import static io.agentos.tools.report.Markdown.count;
import static io.agentos.tools.report.Markdown.decimal;

import io.agentos.api.ToolResult;
import io.agentos.tools.report.Finding;
import io.agentos.tools.report.GivenText;
import io.agentos.tools.report.GivenTexts;
import io.agentos.tools.report.Markdown;
import io.agentos.tools.report.Place;
import io.agentos.tools.report.Report;
import io.agentos.tools.report.Severity;
import io.agentos.tools.table.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Scores a backlog by RICE: reach times impact times confidence, for each unit of effort. */
public final class BacklogScore {
  private static final int SHOWN_MAX = 60;
  private static final int FIELDS_MAX = 1_000;
  private static final int TOP = 5;
  private static final int FEW = 4;
  private static final double LARGE = 5;

  private BacklogScore() {}

  /**
   * Scores a table.
   *
   * @param capacity how much effort can be spent, in the unit of the table; 0 when it is not asked
   */
  public static ToolResult run(GivenText given, long capacity) {
    Table table = Table.of(given);
    if (table.rows().isEmpty()) {
      throw GivenTexts.wrong("%s has a row of titles and no item.".formatted(given.name()));
    }
    BacklogReader reader = new BacklogReader(table);
    List<Item> ranked = ranked(reader.items());
    List<Finding> findings = new ArrayList<>(reader.findings());
    findings.addAll(across(table, ranked));
    Set<Item> chosen = chosen(ranked, capacity);
    Report report =
        new Report("Backlog by RICE: " + given.name())
            .whenNone("**No findings** about the figures.")
            .summary(summary(table, ranked))
            .first("Ranking", ranking(ranked, chosen, capacity))
            .findings(findings)
            .field("scored", ranked.size())
            .field("not_scored", table.rows().size() - ranked.size())
            .field("items", fields(ranked, chosen, capacity));
    if (capacity > 0) {
      double used = chosen.stream().mapToDouble(Item::effort).sum();
      report
          .summary(
              "Of a capacity of %d, %s is used by %s, taken by rank; what did not fit was passed over."
                  .formatted(capacity, plain(used), count(chosen.size(), "item")))
          .field("capacity", capacity)
          .field("capacity_used", used);
    }
    return report
        .note(
            "*If wrong* is the rank if this one effort alone is half as large again, or a third less.")
        .note(
            "RICE knows no dependencies, dates and duties: what the law or a contract asks for is not ranked by it.")
        .result();
  }

  /** By score; of the same score the smaller first, then the one that stands first. */
  private static List<Item> ranked(List<Item> items) {
    return items.stream()
        .sorted(
            Comparator.comparingDouble(Item::score)
                .reversed()
                .thenComparingDouble(Item::effort)
                .thenComparingInt(Item::line))
        .toList();
  }

  private static List<Map<String, Object>> fields(
      List<Item> ranked, Set<Item> chosen, long capacity) {
    List<Map<String, Object>> fields = new ArrayList<>();
    for (int i = 0; i < Math.min(FIELDS_MAX, ranked.size()); i++) {
      Map<String, Object> one = ranked.get(i).fields(i + 1, best(ranked, i), worst(ranked, i));
      if (capacity > 0) {
        one.put("fits", chosen.contains(ranked.get(i)));
      }
      fields.add(one);
    }
    return fields;
  }

  private static String summary(Table table, List<Item> ranked) {
    int lost = table.rows().size() - ranked.size();
    String not = lost == 0 ? "" : "; %s cannot be, see below".formatted(count(lost, "item"));
    return ranked.isEmpty()
        ? "No item can be scored."
        : "%s scored%s. First: %s."
            .formatted(count(ranked.size(), "item"), not, Markdown.code(ranked.getFirst().name()));
  }

  private static Set<Item> chosen(List<Item> ranked, long capacity) {
    Set<Item> chosen = new HashSet<>();
    double left = capacity;
    for (Item item : ranked) {
      if (item.effort() <= left) {
        chosen.add(item);
        left -= item.effort();
      }
    }
    return chosen;
  }

  private static int best(List<Item> ranked, int index) {
    return place(ranked, index, Item::scoreIfQuick);
  }

  private static int worst(List<Item> ranked, int index) {
    return Math.max(index + 1, place(ranked, index, Item::scoreIfSlow));
  }

  /** The place of an item with another score, all others keeping theirs. */
  private static int place(List<Item> ranked, int index, ToDoubleFunction<Item> score) {
    double mine = score.applyAsDouble(ranked.get(index));
    int low = 0;
    int high = ranked.size();
    while (low < high) {
      int middle = (low + high) / 2;
      if (ranked.get(middle).score() > mine) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return mine < ranked.get(index).score() ? Math.max(index + 1, low) : Math.min(index, low) + 1;
  }

  private static String ranking(List<Item> ranked, Set<Item> chosen, long capacity) {
    if (ranked.isEmpty()) {
      return "Nothing to rank.\n";
    }
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < Math.min(SHOWN_MAX, ranked.size()); i++) {
      rows.add(row(ranked, i, chosen, capacity));
    }
    String table =
        Markdown.table(
            List.of(
                "Rank",
                "Item",
                "Score",
                "Reach",
                "Impact",
                "Confidence",
                "Effort",
                "If wrong",
                capacity > 0 ? "Fits" : "Line"),
            rows);
    return ranked.size() > SHOWN_MAX
        ? table + "\nand %d more.\n".formatted(ranked.size() - SHOWN_MAX)
        : table;
  }

  private static List<String> row(List<Item> ranked, int index, Set<Item> chosen, long capacity) {
    Item item = ranked.get(index);
    return List.of(
        Integer.toString(index + 1),
        cell(item.name()),
        decimal(item.score(), 1),
        plain(item.reach()),
        plain(item.impact()),
        plain(item.confidence() * 100) + " %",
        plain(item.effort()),
        "%d to %d".formatted(best(ranked, index), worst(ranked, index)),
        capacity > 0 ? (chosen.contains(item) ? "yes" : "no") : Integer.toString(item.line()));
  }

  private static List<Finding> across(Table table, List<Item> ranked) {
    List<Finding> findings = new ArrayList<>();
    if (ranked.size() >= FEW) {
      flat(table, ranked, "reach", Item::reach, findings);
      flat(table, ranked, "impact", Item::impact, findings);
      flat(table, ranked, "confidence", Item::confidence, findings);
      flat(table, ranked, "effort", Item::effort, findings);
      List<Double> efforts = ranked.stream().map(Item::effort).sorted().toList();
      double median = efforts.get(efforts.size() / 2);
      for (Item item : ranked) {
        if (item.effort() >= LARGE * median) {
          findings.add(
              new Finding(
                  BacklogRules.LARGE,
                  Severity.MEDIUM,
                  place(table, item),
                  "Its effort is %s; half of the items take %s or less."
                      .formatted(plain(item.effort()), plain(median)),
                  "Cut it into parts that are each worth something, and score them."));
        }
      }
    }
    int last = Math.min(TOP, ranked.size());
    for (int i = 0; i < last && ranked.size() > TOP; i++) {
      int worst = worst(ranked, i);
      if (worst > TOP) {
        findings.add(
            new Finding(
                BacklogRules.FRAGILE,
                Severity.LOW,
                place(table, ranked.get(i)),
                "It is number %d, and number %d if it takes half as long again."
                    .formatted(i + 1, worst),
                "Have the effort estimated again by those who will do it."));
      }
    }
    return findings;
  }

  private static void flat(
      Table table,
      List<Item> items,
      String column,
      ToDoubleFunction<Item> value,
      List<Finding> findings) {
    double first = value.applyAsDouble(items.getFirst());
    if (items.stream().allMatch(item -> value.applyAsDouble(item) == first)) {
      findings.add(
          new Finding(
              BacklogRules.FLAT,
              Severity.LOW,
              new Place(table.name(), 0, column),
              "Every item has %s.".formatted(Markdown.code(plain(first))),
              "Tell the items apart, or rank without it."));
    }
  }

  private static Place place(Table table, Item item) {
    return new Place(table.name(), item.line(), item.name());
  }

  private static String plain(double number) {
    double rounded = Math.round(number * 100) / 100.0;
    return rounded == Math.rint(rounded)
        ? decimal(rounded, 0)
        : decimal(rounded, rounded * 10 == Math.rint(rounded * 10) ? 1 : 2);
  }
}
