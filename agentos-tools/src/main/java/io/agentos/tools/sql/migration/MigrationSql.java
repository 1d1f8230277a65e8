package io.agentos.tools.sql.migration;

/** The statements around a migration; the others are the user's. */
final class MigrationSql {

  /** The parameter is the most rows. */
  static final String TABLES =
      """
      SELECT c.oid, format('%I.%I', n.nspname, c.relname) AS name, n.nspname = 'public' AS public,
             c.relrowsecurity AS rls, coalesce(pg_relation_filenode(c.oid), 0) AS file
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.oid >= 16384 AND c.relkind IN ('r', 'p', 'm') AND c.relpersistence <> 't'
        AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      ORDER BY c.oid LIMIT ?
      """;

  /** The parameter is the most rows. */
  static final String COLUMNS =
      """
      SELECT a.attrelid AS relation, a.attnum AS number, a.attname AS name,
             a.attnotnull AND NOT a.atthasdef AND a.attidentity = '' AS must_be_given
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.oid >= 16384 AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
        AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      ORDER BY a.attrelid, a.attnum LIMIT ?
      """;

  /** The parameter is the most rows. */
  static final String LOCKS =
      """
      SELECT l.relation, l.mode FROM pg_locks l
      WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation' AND l.granted
        AND l.relation >= 16384
      ORDER BY 1, 2 LIMIT ?
      """;

  /** Columns that a valid check holds to be there. The parameter is the most rows. */
  static final String CHECKED_COLUMNS =
      """
      SELECT k.conrelid AS relation, a.attname AS name
      FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid
        AND a.attnum = k.conkey[1]
      WHERE k.contype = 'c' AND k.convalidated AND cardinality(k.conkey) = 1
        AND pg_get_constraintdef(k.oid) = format('CHECK ((%I IS NOT NULL))', a.attname)
      ORDER BY 1, 2 LIMIT ?
      """;

  /** The number of a table by its name; no row for none. The parameter is the name. */
  static final String TARGET = "SELECT to_regclass(?)::oid AS relation";

  static final String SAVEPOINT = "SAVEPOINT agentos_statement";
  static final String RELEASE = "RELEASE SAVEPOINT agentos_statement";
  static final String ROLLBACK_TO = "ROLLBACK TO SAVEPOINT agentos_statement";

  private MigrationSql() {}
}
