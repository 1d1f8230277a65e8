package io.agentos.tools.sql.structure;

import io.agentos.tools.findings.Finding;
import io.agentos.tools.findings.Place;
import io.agentos.tools.findings.Severity;
import io.agentos.tools.findings.Words;
import io.agentos.tools.sql.structure.Structure.Column;
import io.agentos.tools.sql.structure.Structure.Constraint;
import io.agentos.tools.sql.structure.Structure.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Habits of schemas that PostgreSQL's own wiki page "Don't Do This" and its manual advise against,
 * and what a reader of the documentation misses.
 */
final class SchemaHabits {
  private static final Pattern MONEY =
      Pattern.compile(
          "(?i).*(price|amount|total|balance|cost|fee|tax|salary|revenue|discount|money).*");
  private static final int NAMES_SHOWN = 12;

  private final Structure structure;
  private final List<Finding> found = new ArrayList<>();

  private SchemaHabits(Structure structure) {
    this.structure = structure;
  }

  static List<Finding> findings(Structure structure) {
    SchemaHabits habits = new SchemaHabits(structure);
    for (Table table : structure.tables()) {
      if (table.isTable()) {
        habits.check(table);
      }
    }
    return List.copyOf(habits.found);
  }

  private void check(Table table) {
    boolean primary =
        structure.constraintsOf(table).stream().anyMatch(one -> one.type().equals("p"));
    if (!primary && !table.partition()) {
      add(
          "no-primary-key",
          Severity.MEDIUM,
          table.quoted(),
          "The table has no primary key.",
          "Two rows can be the same, updates cannot name one, and logical replication (Realtime at"
              + " Supabase) refuses updates and deletes.",
          "ALTER TABLE %s ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY;\n"
                  .formatted(table.quoted())
              + "-- or name the columns that tell its rows apart: ADD PRIMARY KEY (...)");
    }
    structure.columnsOf(table).forEach(column -> check(table, column));
    structure.constraintsOf(table).stream()
        .filter(Constraint::isForeignKey)
        .forEach(key -> types(table, key));
    descriptions(table);
  }

  private void check(Table table, Column column) {
    String place = table.quoted() + "." + column.quoted();
    String type = column.type();
    if (type.startsWith("timestamp") && type.endsWith("without time zone")) {
      add(
          "timestamp-without-zone",
          Severity.MEDIUM,
          place,
          "The column is a timestamp without time zone.",
          "It names no moment: what it means depends on who reads it and when clocks change.",
          "ALTER TABLE %s ALTER COLUMN %s TYPE timestamptz USING %s AT TIME ZONE 'UTC';"
              .formatted(table.quoted(), column.quoted(), column.quoted()));
    }
    boolean inexact = type.equals("real") || type.equals("double precision");
    if (type.equals("money") || (inexact && MONEY.matcher(column.name()).matches())) {
      add(
          "money-inexact",
          Severity.MEDIUM,
          place,
          "The column looks like an amount of money and has the type %s.".formatted(type),
          "Binary fractions cannot hold cents: sums come out wrong by a cent. The type money rounds"
              + " and follows a setting of the server.",
          "ALTER TABLE %s ALTER COLUMN %s TYPE numeric(12, 2);"
              .formatted(table.quoted(), column.quoted()));
    }
    texts(table, column, place);
    counter(table, column, place);
  }

  private void texts(Table table, Column column, String place) {
    String type = column.type();
    if (type.startsWith("character(")) {
      add(
          "padded-text",
          Severity.LOW,
          place,
          "The column has the type %s.".formatted(type),
          "It is filled up with blanks, which some comparisons see and others do not.",
          "ALTER TABLE %s ALTER COLUMN %s TYPE text;".formatted(table.quoted(), column.quoted()));
    }
    if (type.equals("json")) {
      add(
          "json-as-text",
          Severity.LOW,
          place,
          "The column has the type json.",
          "It is kept as text and parsed at every use, and cannot be indexed or compared.",
          "ALTER TABLE %s ALTER COLUMN %s TYPE jsonb;".formatted(table.quoted(), column.quoted()));
    }
    if (!column.quoted().equals(column.name())) {
      add(
          "name-needs-quotes",
          Severity.LOW,
          place,
          "The name has to be written in double quotes in every query.",
          "Unquoted names become lower case, so that a forgotten quote names another column.",
          "ALTER TABLE %s RENAME COLUMN %s TO ...;".formatted(table.quoted(), column.quoted()));
    }
  }

  private void counter(Table table, Column column, String place) {
    boolean counted = column.identity() || column.defaultValue().contains("nextval(");
    if (counted && (column.type().equals("integer") || column.type().equals("smallint"))) {
      add(
          "counter-too-small",
          Severity.LOW,
          place,
          "The counted key has the type %s.".formatted(column.type()),
          "At %s numbers inserts fail, and failed inserts use numbers up too; changing it then"
                  .formatted(column.type().equals("integer") ? "2,147,483,647" : "32,767")
              + " rewrites the table while nobody can use it.",
          "ALTER TABLE %s ALTER COLUMN %s TYPE bigint;".formatted(table.quoted(), column.quoted()));
    }
  }

  private void types(Table table, Constraint key) {
    for (int i = 0; i < key.columns().size() && i < key.parentTypes().size(); i++) {
      Optional<Column> column = structure.column(table.oid(), key.columns().get(i));
      String parent = key.parentTypes().get(i);
      if (column.isPresent() && !plain(column.get().type()).equals(plain(parent))) {
        add(
            "key-type-differs",
            Severity.MEDIUM,
            table.quoted() + "." + column.get().quoted(),
            "The column is %s and points at a column of %s that is %s."
                .formatted(column.get().type(), key.parentName(), parent),
            "Every join has to convert, and the smaller of the two ends first.",
            "ALTER TABLE %s ALTER COLUMN %s TYPE %s;"
                .formatted(table.quoted(), column.get().quoted(), parent));
      }
    }
  }

  private static String plain(String type) {
    int length = type.indexOf('(');
    return length < 0 ? type : type.substring(0, length);
  }

  private void descriptions(Table table) {
    List<Column> columns = structure.columnsOf(table);
    List<String> without =
        columns.stream().filter(column -> column.comment().isEmpty()).map(Column::quoted).toList();
    if (!table.comment().isEmpty() && without.size() < columns.size()) {
      return;
    }
    String what =
        table.comment().isEmpty()
            ? "The table has no description; neither have %d of its %s."
                .formatted(without.size(), Words.count(columns.size(), "column"))
            : "None of its %s has a description.".formatted(Words.count(columns.size(), "column"));
    add(
        "no-description",
        Severity.LOW,
        table.quoted(),
        what,
        "Whoever comes next has to guess what a column holds, in which unit, and when it is empty.",
        "COMMENT ON TABLE %s IS '...';\nCOMMENT ON COLUMN %s.%s IS '...';\n-- of: %s"
            .formatted(
                table.quoted(),
                table.quoted(),
                without.isEmpty() ? "..." : without.getFirst(),
                Words.list(without, NAMES_SHOWN)));
  }

  private void add(
      String rule, Severity severity, String place, String what, String why, String fix) {
    found.add(new Finding(rule, severity, Place.named(place), what, why, fix));
  }
}
