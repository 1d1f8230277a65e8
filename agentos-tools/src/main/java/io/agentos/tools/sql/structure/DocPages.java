package io.agentos.tools.sql.structure;

import io.agentos.tools.files.Printable;
import io.agentos.tools.findings.Report;
import io.agentos.tools.findings.Words;
import io.agentos.tools.sql.structure.Structure.Column;
import io.agentos.tools.sql.structure.Structure.Constraint;
import io.agentos.tools.sql.structure.Structure.Index;
import io.agentos.tools.sql.structure.Structure.Policy;
import io.agentos.tools.sql.structure.Structure.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes the sections of a schema's documentation. One use, one thread. */
final class DocPages {
  private static final int TEXT_LENGTH_MAX = 400_000;
  private static final int DIAGRAM_TABLES_MAX = 60;
  private static final int PARAGRAPH_LENGTH_MAX = 1_000;

  /** What would make a description a heading, a list, a quotation, a rule or code. */
  private static final Pattern MARK = Pattern.compile("[#>*+=_|~`-]");

  private final Structure structure;
  private final Report report;
  private int written;

  private DocPages(Structure structure, Report report) {
    this.structure = structure;
    this.report = report;
  }

  static void write(Structure structure, Report report) {
    new DocPages(structure, report).write();
  }

  private void write() {
    diagram();
    int left = 0;
    for (Table table : structure.tables()) {
      if (written > TEXT_LENGTH_MAX) {
        left++;
        continue;
      }
      String section = table.isView() ? view(table) : table(table);
      written += section.length();
      String kind = table.kindInWords();
      report.section(
          kind.substring(0, 1).toUpperCase(Locale.ROOT)
              + kind.substring(1)
              + " "
              + Words.code(table.quoted()),
          section);
    }
    if (left > 0) {
      report.note("The page is full: %s are not on it.".formatted(Words.count(left, "table")));
    }
    types();
  }

  private void types() {
    if (!structure.enums().isEmpty()) {
      report.section(
          "Enum types",
          Report.markdownTable(
              List.of("Type", "Values", "Description"),
              structure.enums().stream()
                  .map(one -> row(Words.code(one.name()), one.labels(), one.comment()))
                  .toList()));
    }
    if (!structure.routines().isEmpty()) {
      report.section(
          "Functions",
          Report.markdownTable(
              List.of("Function", "Returns", "Language", "Runs as", "Description"),
              structure.routines().stream()
                  .map(one ->
                      row(
                          Words.code(one.name()),
                          one.returns(),
                          one.language(),
                          one.definer() ? "its owner" : "the caller",
                          one.comment()))
                  .toList()));
    }
  }

  /** Entities and foreign keys in Mermaid, which GitHub, GitLab and Notion draw. */
  private void diagram() {
    List<Table> tables = structure.tables().stream().filter(Table::isTable).toList();
    if (tables.isEmpty() || tables.size() > DIAGRAM_TABLES_MAX) {
      return;
    }
    StringBuilder text = new StringBuilder("```mermaid\nerDiagram\n");
    for (Table table : tables) {
      text.append("  \"").append(entity(table.quoted())).append("\" {\n");
      for (Column column : structure.columnsOf(table)) {
        String keys = SchemaDoc.keys(structure, table, column);
        text.append("    ").append(word(column.type())).append(' ').append(word(column.name()));
        text.append(keys.startsWith("PK") ? " PK" : keys.isEmpty() ? "" : " FK").append('\n');
      }
      text.append("  }\n");
    }
    for (Table table : tables) {
      for (Constraint key : structure.constraintsOf(table)) {
        if (key.isForeignKey()) {
          text.append(
              "  \"%s\" ||--o{ \"%s\" : \"%s\"\n"
                  .formatted(
                      entity(key.parentName()),
                      entity(table.quoted()),
                      entity(structure.names(table.oid(), key.columns()))));
        }
      }
    }
    report.section("Diagram", text.append("```\n").toString());
  }

  private static String entity(String name) {
    String shown = name.startsWith("public.") ? name.substring("public.".length()) : name;
    return Printable.name(shown.replace("\"", ""));
  }

  private static String word(String text) {
    return text.replaceAll("[^\\p{L}\\p{N}_]+", "_");
  }

  private String table(Table table) {
    StringBuilder text = new StringBuilder();
    paragraph(text, table.comment());
    columns(text, table);
    List<String> rules = new ArrayList<>();
    structure.constraintsOf(table).stream()
        .filter(one -> !one.type().equals("p"))
        .forEach(one -> rules.add(code(one.definition())));
    list(text, "Rules", rules);
    list(
        text,
        "Indexes",
        structure.indexesOf(table).stream().map(Index::definition).map(DocPages::method).toList());
    list(text, "Referenced by", referencedBy(table));
    list(
        text,
        "Triggers",
        structure.triggers().getOrDefault(table.oid(), List.of()).stream()
            .map(DocPages::code)
            .toList());
    policies(text, table);
    return text.toString();
  }

  private void columns(StringBuilder text, Table table) {
    text.append(
        Report.markdownTable(
            List.of("Column", "Type", "Null", "Default", "Key"),
            structure.columnsOf(table).stream()
                .map(column ->
                    row(
                        column.quoted(),
                        column.type(),
                        column.notNull() ? "no" : "yes",
                        filledBy(column),
                        SchemaDoc.keys(structure, table, column)))
                .toList()));
    list(
        text,
        "Meaning",
        structure.columnsOf(table).stream()
            .filter(column -> !column.comment().isBlank())
            .map(column -> Words.code(column.quoted()) + ": " + oneLine(column.comment()))
            .toList());
  }

  private static String filledBy(Column column) {
    if (column.identity()) {
      return "identity";
    }
    return (column.generated() ? "generated: " : "") + column.defaultValue();
  }

  /** From the method on: the name and the table stand elsewhere. */
  private static String method(String definition) {
    int using = definition.indexOf(" USING ");
    String unique = definition.startsWith("CREATE UNIQUE") ? "unique " : "";
    return code(using < 0 ? definition : unique + definition.substring(using + 7));
  }

  private List<String> referencedBy(Table table) {
    List<String> names = new ArrayList<>();
    for (Table other : structure.tables()) {
      for (Constraint key : structure.constraintsOf(other)) {
        if (key.isForeignKey() && key.parent() == table.oid()) {
          names.add(
              Words.code(
                  "%s (%s)"
                      .formatted(other.quoted(), structure.names(other.oid(), key.columns()))));
        }
      }
    }
    return names;
  }

  private void policies(StringBuilder text, Table table) {
    text.append("\nRow-level security: ").append(table.rls() ? "on" : "off");
    text.append(table.forced() ? ", also for the owner" : "").append(".\n");
    List<Policy> policies = structure.policies().getOrDefault(table.oid(), List.of());
    if (policies.isEmpty()) {
      return;
    }
    list(text, "Policies", policies.stream().map(DocPages::policy).toList());
  }

  private static String policy(Policy policy) {
    String shows = policy.using().isEmpty() ? "" : "; shows rows where " + code(policy.using());
    String lets = policy.check().isEmpty() ? "" : "; lets in rows where " + code(policy.check());
    return "%s: %s for %s%s%s"
        .formatted(
            Words.code(policy.name()),
            COMMANDS.getOrDefault(policy.command(), "all"),
            policy.roles(),
            shows,
            lets);
  }

  /** An expression, which is longer than a name. */
  private static String code(String expression) {
    return "`" + oneLine(expression).replace('`', '\'') + "`";
  }

  private static String oneLine(String words) {
    return Printable.line(words.strip().replaceAll("\\s+", " "), PARAGRAPH_LENGTH_MAX);
  }

  private static final Map<String, String> COMMANDS =
      Map.of("r", "select", "a", "insert", "w", "update", "d", "delete");

  private String view(Table view) {
    StringBuilder text = new StringBuilder();
    paragraph(text, view.comment());
    text.append(
        Report.markdownTable(
            List.of("Column", "Type", "Description"),
            structure.columnsOf(view).stream()
                .map(column -> row(column.quoted(), column.type(), column.comment()))
                .toList()));
    String definition = Printable.text(view.definition());
    String fence = definition.contains("```") ? "````" : "```";
    text.append('\n').append(fence).append("sql\n").append(definition).append('\n');
    return text.append(fence).append('\n').toString();
  }

  private static void paragraph(StringBuilder text, String words) {
    if (!words.isBlank()) {
      String line = oneLine(words);
      text.append(Report.paragraph(MARK.matcher(line).lookingAt() ? "\\" + line : line));
      text.append('\n');
    }
  }

  private static void list(StringBuilder text, String title, List<String> items) {
    if (!items.isEmpty()) {
      text.append('\n').append(title).append(":\n\n");
      items.forEach(item -> text.append(Report.item(item)));
    }
  }

  private static List<String> row(String... cells) {
    return Arrays.stream(cells).map(cell -> cell.replaceAll("\\s+", " ")).toList();
  }
}
