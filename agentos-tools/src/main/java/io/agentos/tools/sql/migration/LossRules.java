package io.agentos.tools.sql.migration;

import io.agentos.tools.findings.Finding;
import io.agentos.tools.findings.Place;
import io.agentos.tools.findings.Severity;
import io.agentos.tools.findings.Words;
import java.util.List;

/** What one statement takes away, renames, or asks of rows that are there already. */
final class LossRules {
  private LossRules() {}

  static void add(Step step, Snapshot start, List<Finding> found) {
    gone(step, start, found);
    columns(step, start, found);
    Shape shape = step.shape();
    boolean inUse = step.isOnOld(start);
    boolean deletesAll = shape.starts("DELETE") && !shape.words().contains("WHERE");
    if (inUse && (shape.starts("TRUNCATE") || deletesAll)) {
      found.add(lost(step, "The statement empties a table."));
    }
  }

  private static void gone(Step step, Snapshot start, List<Finding> found) {
    step.before()
        .tables()
        .forEach((oid, table) -> {
          if (!start.tables().containsKey(oid)) {
            return;
          }
          Snapshot.Table now = step.after().tables().get(oid);
          if (now == null) {
            found.add(lost(step, "The statement drops %s.".formatted(Words.code(table.name()))));
          } else if (!now.name().equals(table.name())) {
            found.add(renamed(step, table.name(), now.name()));
          }
        });
  }

  private static void columns(Step step, Snapshot start, List<Finding> found) {
    step.before()
        .columns()
        .forEach((key, column) -> {
          Snapshot.Column now = step.after().columns().get(key);
          boolean tableThere = step.after().tables().containsKey(column.relation());
          if (!start.columns().containsKey(key) || !tableThere) {
            return;
          }
          String name = step.before().nameOf(column.relation()) + "." + column.name();
          if (now == null) {
            found.add(lost(step, "The statement drops the column %s.".formatted(Words.code(name))));
          } else if (!now.name().equals(column.name())) {
            found.add(renamed(step, name, now.name()));
          }
        });
    step.after()
        .columns()
        .forEach((key, column) -> {
          boolean added = !step.before().columns().containsKey(key);
          if (added && column.mustBeGiven() && start.tables().containsKey(column.relation())) {
            found.add(required(step, step.after().nameOf(column.relation()), column.name()));
          }
        });
  }

  private static Finding lost(Step step, String what) {
    return new Finding(
        "data-lost",
        Severity.HIGH,
        Place.ofLine(step.line()),
        what,
        "What was in it is gone with the commit, and code that still uses it fails at once.",
        "First release code that does not use it; keep a copy or a backup that was tried; drop it in"
            + " a migration of its own some days later.");
  }

  private static Finding renamed(Step step, String from, String to) {
    return new Finding(
        "rename-breaks-code",
        Severity.MEDIUM,
        Place.ofLine(step.line()),
        "The statement renames %s to %s.".formatted(Words.code(from), Words.code(to)),
        "Code that runs while the migration does knows one of the two names only; it fails before"
            + " or after.",
        "Add the new name beside the old one (a column kept in step by a trigger, or a view), move"
            + " the code over, then drop the old one.");
  }

  private static Finding required(Step step, String table, String column) {
    return new Finding(
        "column-required",
        Severity.HIGH,
        Place.ofLine(step.line()),
        "The new column %s of %s must not be empty and has no default."
            .formatted(Words.code(column), Words.code(table)),
        "The statement fails as soon as the table has a row; it went through here because the copy"
            + " is empty. Code that does not know the column cannot insert any more.",
        "Add the column without NOT NULL, or with a constant default; fill it; then set NOT NULL.");
  }
}
