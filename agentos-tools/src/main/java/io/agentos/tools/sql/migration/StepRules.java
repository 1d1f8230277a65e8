package io.agentos.tools.sql.migration;

import io.agentos.tools.findings.Finding;
import io.agentos.tools.findings.Place;
import io.agentos.tools.findings.Severity;
import io.agentos.tools.findings.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What one statement does to tables that are in use while it runs. */
final class StepRules {
  private final Step step;
  private final Snapshot start;
  private final List<Finding> found = new ArrayList<>();

  private StepRules(Step step, Snapshot start) {
    this.step = step;
    this.start = start;
  }

  static List<Finding> findings(Step step, Snapshot start) {
    StepRules rules = new StepRules(step, start);
    boolean inUse = step.isOnOld(start) || step.shape().starts("DROP", "INDEX");
    rules.rewrites();
    if (inUse) {
      rules.indexes();
      rules.constraints();
      rules.rows();
    }
    LossRules.add(step, start, rules.found);
    return rules.found;
  }

  private String tables() {
    return Words.list(
        step.locks(start).entrySet().stream()
            .filter(lock -> lock.getValue().stopsWriters())
            .map(lock -> Words.code(lock.getKey()))
            .toList(),
        5);
  }

  private void rewrites() {
    for (String table : step.rewritten(start)) {
      add(
          "table-rewrite",
          Severity.HIGH,
          "The statement writes every row of %s and all of its indexes anew, under ACCESS EXCLUSIVE."
              .formatted(Words.code(table)),
          "Nobody can read or write the table until that is done: minutes for millions of rows; and"
              + " it takes the table's size once more on disk.",
          step.shape().has("TYPE")
              ? "Add a column of the new type, fill it in batches, keep both in step by a trigger,"
                  + " then swap the names. (A wider varchar, or varchar to text, rewrites nothing.)"
              : "Add the column without a default that is computed for each row, set the default"
                  + " for new rows, then fill the old ones in batches.");
    }
  }

  private void indexes() {
    if (step.shape().buildsIndex() && !step.concurrent()) {
      add(
          "index-blocks-writes",
          Severity.HIGH,
          "The index is built while %s is locked against writing.".formatted(tables()),
          "Every insert, update and delete waits until the whole table has been read and sorted.",
          concurrently(step.sql()) + ";\n-- in a migration of its own, outside of a transaction");
    }
    if (step.shape().starts("DROP", "INDEX") && !step.concurrent()) {
      add(
          "drop-index-locks",
          Severity.LOW,
          "The index is dropped under ACCESS EXCLUSIVE on %s.".formatted(tables()),
          "It is short, but waits for running queries, and everyone else then waits behind it.",
          "DROP INDEX CONCURRENTLY, in a migration of its own, outside of a transaction.");
    }
  }

  private static String concurrently(String sql) {
    return sql.replaceFirst("(?i)\\b(INDEX)\\b", "$1 CONCURRENTLY");
  }

  private void constraints() {
    Shape shape = step.shape();
    if (!shape.starts("ALTER", "TABLE")) {
      return;
    }
    boolean later = shape.has("NOT", "VALID");
    String column = shape.before("SET", "NOT", "NULL").toLowerCase(Locale.ROOT);
    if (!column.isEmpty() && !isChecked(column)) {
      add(
          "not-null-scan",
          Severity.MEDIUM,
          "SET NOT NULL reads all of %s under ACCESS EXCLUSIVE.".formatted(tables()),
          "Nobody can read or write the table meanwhile; one row without a value ends it in error.",
          "ALTER TABLE %1$s ADD CONSTRAINT c CHECK (%2$s IS NOT NULL) NOT VALID;\n"
                  .formatted(step.targetName(), column)
              + "ALTER TABLE %1$s VALIDATE CONSTRAINT c;   -- reads, but blocks nobody\n"
                  .formatted(step.targetName())
              + "ALTER TABLE %1$s ALTER COLUMN %2$s SET NOT NULL;   -- sees the check, reads nothing"
                  .formatted(step.targetName(), column));
    }
    boolean foreign = shape.has("FOREIGN", "KEY") || shape.has("REFERENCES");
    boolean checks = shape.has("ADD") && shape.has("CHECK", "(");
    if ((foreign || checks) && shape.has("ADD") && !later && !onNewColumn()) {
      add(
          "constraint-scan",
          Severity.MEDIUM,
          "The constraint is checked for every row while %s cannot be written%s."
              .formatted(tables(), foreign ? "" : " or read"),
          "Writers wait until the whole table has been read; one wrong row ends it in error.",
          "ALTER TABLE %1$s ADD CONSTRAINT c ... NOT VALID;\n".formatted(step.targetName())
              + "ALTER TABLE %1$s VALIDATE CONSTRAINT c;   -- in a later transaction; blocks nobody"
                  .formatted(step.targetName()));
    }
    unique(shape);
  }

  private void unique(Shape shape) {
    boolean unique = shape.has("ADD") && (shape.has("UNIQUE") || shape.has("PRIMARY", "KEY"));
    if (unique && !shape.has("USING", "INDEX") && !onNewColumn()) {
      add(
          "unique-builds-index",
          Severity.HIGH,
          "The index of the constraint is built under ACCESS EXCLUSIVE on %s.".formatted(tables()),
          "Nobody can read or write the table until it is built.",
          "CREATE UNIQUE INDEX CONCURRENTLY i ON %1$s (...);\n".formatted(step.targetName())
              + "ALTER TABLE %1$s ADD CONSTRAINT c UNIQUE USING INDEX i;   -- or PRIMARY KEY"
                  .formatted(step.targetName()));
    }
  }

  /** With an empty column there is nothing to check yet. */
  private boolean onNewColumn() {
    return step.after().columns().keySet().stream()
        .anyMatch(column -> !step.before().columns().containsKey(column));
  }

  private boolean isChecked(String column) {
    String name = column.startsWith("\"") ? column.replace("\"", "") : column;
    return step.before().checked().stream()
        .anyMatch(one -> one.equalsIgnoreCase(step.target() + "/" + name));
  }

  private void rows() {
    Shape shape = step.shape();
    boolean whole = !shape.words().contains("WHERE");
    if (whole && shape.starts("UPDATE")) {
      add(
          "updates-every-row",
          Severity.MEDIUM,
          "The statement updates every row in one transaction.",
          "Each row stays locked until the end and is stored twice; replicas and backups fall"
              + " behind, and a failure undoes all of it.",
          "Fill in batches of some thousand rows by primary key, each in a transaction of its own,"
              + " outside of the migration.");
    }
  }

  private void add(String rule, Severity severity, String what, String why, String fix) {
    found.add(new Finding(rule, severity, Place.ofLine(step.line()), what, why, fix));
  }
}
