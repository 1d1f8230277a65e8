package io.agentos.tools.profile;

import io.agentos.tools.findings.Finding;
import io.agentos.tools.findings.Place;
import io.agentos.tools.findings.Severity;
import io.agentos.tools.findings.Words;
import java.util.List;

/** Cells that look as if something went wrong with them on the way. */
final class OddRules {
  private OddRules() {}

  static void add(ColumnProfile column, String kind, List<Integer> lines, List<Finding> found) {
    String where =
        (lines.size() == 1 ? "line " : "lines ")
            + Words.list(lines.stream().map(String::valueOf).toList(), 5);
    Place place = Place.named("column " + column.name());
    found.add(
        switch (kind) {
          case "mojibake" ->
              new Finding(
                  "wrong-encoding",
                  Severity.HIGH,
                  place,
                  "Letters are broken in %s.".formatted(where),
                  "The text was read in another encoding than it was written in.",
                  "Export again as UTF-8; mending afterwards loses letters.");
          case "spreadsheet-error" ->
              new Finding(
                  "spreadsheet-error",
                  Severity.HIGH,
                  place,
                  "A spreadsheet's error stands in %s.".formatted(where),
                  "The value was lost before the table was written.",
                  "Mend the formula in the spreadsheet and export again.");
          case "shortened-number" ->
              new Finding(
                  "digits-lost",
                  Severity.HIGH,
                  place,
                  "A long number was shortened, like 4.12E+15, in %s.".formatted(where),
                  "The last digits are gone; order and account numbers cannot be found any more.",
                  "Export again with the column as text.");
          default -> values(kind, place, where);
        });
  }

  private static Finding values(String kind, Place place, String where) {
    return switch (kind) {
      case "formula" ->
          new Finding(
              "formula",
              Severity.MEDIUM,
              place,
              "A cell begins like a formula in %s.".formatted(where),
              "A spreadsheet runs it when the table is opened, and it may send data away (CSV"
                  + " injection, OWASP).",
              "Put a single quote before it, or take it out; ask where the row comes from.");
      case "impossible-date" ->
          new Finding(
              "impossible-date",
              Severity.MEDIUM,
              place,
              "A date that does not exist stands in %s.".formatted(where),
              "Day and month are swapped, or it was typed wrong.",
              "Look it up in the source.");
      case "far-date" ->
          new Finding(
              "far-date",
              Severity.MEDIUM,
              place,
              "A date before 1900 or after 2099 stands in %s.".formatted(where),
              "Often it stands for \"unknown\" or \"for ever\", and moves every mean.",
              "Leave it empty, or say in another column what is meant.");
      default ->
          new Finding(
              "blanks-around",
              Severity.LOW,
              place,
              "Values begin or end with blanks in %s.".formatted(where),
              "They are not equal to the same value without.",
              "Take them off.");
    };
  }
}
