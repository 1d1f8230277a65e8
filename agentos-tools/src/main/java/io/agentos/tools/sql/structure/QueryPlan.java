package io.agentos.tools.sql.structure;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a plan tells about its searches.
 *
 * @param searches the places where a whole table is read to find some of its rows
 */
record QueryPlan(List<Search> searches) {
  private static final int DEPTH_MAX = 500;
  private static final int NODES_MAX = 5_000;
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
                  .build())
          .build();

  /**
   * A whole table read.
   *
   * @param alias of the table in the query
   * @param filter what the rows are sought by, as Postgres writes it
   */
  record Search(String schema, String relation, String alias, String filter) {
    /** The table's name, for people. */
    String table() {
      return schema + "." + relation;
    }

    boolean isAt(Search other) {
      return alias.equals(other.alias) && table().equals(other.table());
    }
  }

  /**
   * Reads what {@code EXPLAIN (FORMAT JSON)} answered.
   *
   * @param leading first column of each index that was there before, by schema and name
   */
  static QueryPlan of(String json, Map<String, String> leading) {
    List<Search> searches = new ArrayList<>();
    Deque<JsonNode> open = new ArrayDeque<>();
    open.add(MAPPER.readTree(json).path(0).path("Plan"));
    for (int seen = 0; !open.isEmpty() && seen < NODES_MAX; seen++) {
      JsonNode node = open.removeFirst();
      String filter = unserved(node, leading);
      if (!filter.isEmpty()) {
        searches.add(
            new Search(
                text(node, "Schema"), text(node, "Relation Name"), text(node, "Alias"), filter));
      }
      node.path("Plans").forEach(open::addLast);
    }
    return new QueryPlan(List.copyOf(searches));
  }

  /**
   * What rows are sought by without the help of an index; empty where one helps. To read an index
   * from end to end, or to skip through it without its first column, is no help either.
   */
  private static String unserved(JsonNode node, Map<String, String> leading) {
    String filter = text(node, "Filter");
    JsonNode bitmap = node.path("Plans").path(0);
    return switch (text(node, "Node Type")) {
      case "Seq Scan" -> filter;
      case "Index Scan", "Index Only Scan" -> {
        String condition = text(node, "Index Cond");
        boolean skips = condition.isEmpty() || skips(node, node, leading);
        yield skips ? joined(condition, filter) : "";
      }
      case "Bitmap Heap Scan" ->
          text(bitmap, "Node Type").equals("Bitmap Index Scan") && skips(node, bitmap, leading)
              ? joined(text(node, "Recheck Cond"), filter)
              : "";
      default -> "";
    };
  }

  private static boolean skips(JsonNode table, JsonNode index, Map<String, String> leading) {
    String first = leading.get(text(table, "Schema") + "." + text(index, "Index Name"));
    String condition = text(index, "Index Cond");
    return first != null
        && !condition.contains("." + first)
        && !condition.contains(".\"" + first + "\"");
  }

  private static String joined(String one, String other) {
    return one.isEmpty() || other.isEmpty() ? one + other : one + " AND " + other;
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).stringValue("");
  }
}
