package io.agentos.tools.sql.rls;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One table in the overview.
 *
 * @param name its full name for SQL
 * @param rls whether row-level security is on
 * @param forced whether it holds for the owner too
 * @param policies how many it has
 * @param reachedBy names of the roles, other than its owner, that can read or change rows by grant
 */
record TableLine(String name, boolean rls, boolean forced, int policies, List<String> reachedBy) {
  /** The most tables in the overview. */
  static final int TABLES_MAX = 1_000;

  static List<TableLine> of(Catalog catalog) {
    Access access = new Access(catalog);
    return catalog
        .ownTables()
        .limit(TABLES_MAX)
        .map(table ->
            new TableLine(
                table.quoted(),
                table.rls(),
                table.forced(),
                (int) catalog.policiesOf(table).count(),
                access.exposures(table).stream()
                    .map(exposure -> exposure.role().quoted())
                    .toList()))
        .toList();
  }

  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("rls", rls);
    fields.put("forced", forced);
    fields.put("policies", policies);
    fields.put("reached_by", reachedBy);
    return fields;
  }
}
