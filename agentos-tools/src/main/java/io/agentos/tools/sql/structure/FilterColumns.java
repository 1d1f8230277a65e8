package io.agentos.tools.sql.structure;

import io.agentos.tools.sql.script.SqlLexer;
import io.agentos.tools.sql.script.SqlToken;
import io.agentos.tools.sql.script.SqlToken.Kind;
import io.agentos.tools.sql.structure.QueryPlan.Search;
import io.agentos.tools.sql.structure.Structure.Column;
import io.agentos.tools.sql.structure.Structure.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The columns by which a filter seeks, read from what Postgres writes: equality first, then one
 * range, as a B-tree wants them.
 */
final class FilterColumns {
  private static final int COLUMNS_MAX = 3;
  private static final Set<String> CALLS = Set.of("lower", "upper", "date", "date_trunc");

  private final Search search;
  private final List<SqlToken> tokens;
  private final Optional<Table> table;
  private final Set<String> equal = new LinkedHashSet<>();
  private final Set<String> ranged = new LinkedHashSet<>();
  private Optional<String> pattern = Optional.empty();

  private FilterColumns(Search search, Optional<Table> table) {
    this.search = search;
    this.table = table;
    this.tokens = SqlLexer.tokens(search.filter());
  }

  static FilterColumns of(Structure structure, Search search) {
    Optional<Table> table =
        structure.tables().stream()
            .filter(one -> one.schema().equals(search.schema()))
            .filter(one -> one.name().equals(search.relation()))
            .filter(Table::isTable)
            .findFirst();
    FilterColumns columns = new FilterColumns(search, table);
    table.ifPresent(found -> columns.read(structure.columnsOf(found)));
    return columns;
  }

  /** Whether it is a table of the user. */
  boolean isTable() {
    return table.isPresent();
  }

  /** The column that is compared with a pattern. */
  Optional<String> pattern() {
    return pattern;
  }

  /** Statements of indexes that may help, the fullest first. */
  List<String> candidates() {
    if (table.isEmpty()) {
      return List.of();
    }
    List<String> keys = new ArrayList<>(equal);
    ranged.stream().filter(one -> !equal.contains(one)).findFirst().ifPresent(keys::add);
    List<String> candidates = new ArrayList<>();
    for (int size = Math.min(COLUMNS_MAX, keys.size()); size > 0; size--) {
      candidates.add(
          "CREATE INDEX ON %s (%s)"
              .formatted(table.get().quoted(), String.join(", ", keys.subList(0, size))));
    }
    return candidates;
  }

  private void read(List<Column> columns) {
    for (int i = 0; i + 2 < tokens.size(); i++) {
      if (isAlias(i)) {
        String name = name(i + 2);
        int at = i;
        columns.stream()
            .filter(column -> column.name().equals(name))
            .findFirst()
            .ifPresent(column -> use(column, at));
      }
    }
  }

  /** Whether the alias of the table and a dot stand here. */
  private boolean isAlias(int i) {
    return name(i).equals(search.alias()) && text(i + 1).equals(".");
  }

  private void use(Column column, int start) {
    int next = afterCasts(start + 3);
    String key = column.quoted();
    if (start >= 2 && text(start - 1).equals("(") && CALLS.contains(text(start - 2))) {
      boolean alone = text(start - 2).equals("lower") || text(start - 2).equals("upper");
      if (!alone) {
        return;
      }
      key = "(%s(%s))".formatted(text(start - 2), column.quoted());
    }
    String operator = operator(next);
    if (operator.startsWith("~~")) {
      pattern = Optional.of(column.quoted());
    } else if (operator.equals("=") || operator.equals("IS NULL")) {
      equal.add(key);
    } else if (Set.of("<", "<=", ">", ">=").contains(operator)) {
      ranged.add(key);
    } else if (column.type().equals("boolean") && operator.isEmpty()) {
      equal.add(key);
    }
  }

  /** Behind closing parentheses and casts such as {@code )::text}. */
  private int afterCasts(int from) {
    int i = from;
    while (i < tokens.size()) {
      if (text(i).equals(")") && !endsTerm(i)) {
        i++;
      } else if (text(i).equals(":")) {
        i += 2;
        while (i < tokens.size() && tokens.get(i).kind() == Kind.WORD) {
          i++;
        }
      } else {
        break;
      }
    }
    return i;
  }

  /** Whether the parenthesis closes a whole condition: AND, OR or nothing follows. */
  private boolean endsTerm(int i) {
    String next = text(i + 1).toUpperCase(Locale.ROOT);
    return next.isEmpty() || next.equals("AND") || next.equals("OR");
  }

  private String operator(int from) {
    if (text(from).equalsIgnoreCase("IS")) {
      return text(from + 1).equalsIgnoreCase("NULL") ? "IS NULL" : "IS";
    }
    StringBuilder operator = new StringBuilder();
    for (int i = from; i < tokens.size() && "=<>!~*@".contains(text(i)); i++) {
      operator.append(text(i));
    }
    return operator.toString();
  }

  private String name(int i) {
    if (i >= tokens.size()) {
      return "";
    }
    String text = text(i);
    return tokens.get(i).kind() == Kind.QUOTED_NAME
        ? text.substring(1, text.length() - 1).replace("\"\"", "\"")
        : text;
  }

  private String text(int i) {
    if (i < 0 || i >= tokens.size()) {
      return "";
    }
    return search.filter().substring(tokens.get(i).start(), tokens.get(i).end());
  }
}
