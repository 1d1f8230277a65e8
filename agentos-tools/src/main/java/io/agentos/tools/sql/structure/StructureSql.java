package io.agentos.tools.sql.structure;

/**
 * The statements that read the catalogs, all open to any user. The only parameter is the most rows.
 *
 * <p>Objects that come with Postgres have numbers below 16384. Objects of extensions are left out,
 * and so is what Supabase brings along, where its roles are there.
 */
final class StructureSql {

  /** Names come out with their schema when no schema is on the path. */
  static final String PREPARE =
      """
      SELECT set_config('search_path', '', true),
             set_config('statement_timeout', '30s', true),
             set_config('lock_timeout', '5s', true),
             set_config('idle_in_transaction_session_timeout', '60s', true)
      """;

  /** Since when the server counts what is used, in whole days; null when it does not say. */
  static final String SERVER =
      """
      SELECT current_setting('server_version') AS version, current_database() AS name,
             (SELECT floor(extract(epoch FROM now() - stats_reset) / 86400)::int
              FROM pg_stat_database WHERE datname = current_database()) AS stats_days
      """;

  private static final String FOREIGN_SCHEMAS =
      """
      (n.nspname ~ '^pg_' OR n.nspname = 'information_schema'
        OR (EXISTS (SELECT FROM pg_roles WHERE rolname = 'service_role')
            AND n.nspname IN ('auth', 'storage', 'realtime', 'extensions', 'graphql',
              'graphql_public', 'vault', 'pgsodium', 'pgsodium_masks', 'net', 'pgbouncer', 'cron',
              'supabase_functions', 'supabase_migrations', '_analytics', '_realtime')))
      """;

  static final String TABLES =
      """
      SELECT c.oid, n.nspname AS schema, c.relname AS name,
             format('%I.%I', n.nspname, c.relname) AS quoted, c.relkind::text AS kind,
             coalesce(obj_description(c.oid, 'pg_class'), '') AS comment,
             c.relrowsecurity AS rls, c.relforcerowsecurity AS forced,
             c.relispartition AS partition, greatest(c.reltuples, 0)::bigint AS rows,
             coalesce(s.seq_scan, 0) AS seq_scans, coalesce(s.seq_tup_read, 0) AS seq_rows,
             CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid, true) ELSE '' END
               AS definition
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_stat_user_tables s ON s.relid = c.oid
      WHERE c.oid >= 16384 AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relpersistence <> 't'
        AND NOT
      """
          + FOREIGN_SCHEMAS
          + """
            AND NOT EXISTS (SELECT FROM pg_depend d
                            WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                              AND d.deptype = 'e')
          ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C" LIMIT ?
          """;

  static final String COLUMNS =
      """
      SELECT a.attrelid AS relation, a.attnum AS number, a.attname AS name,
             quote_ident(a.attname) AS quoted, format_type(a.atttypid, a.atttypmod) AS type,
             a.attnotnull AS not_null, a.attidentity <> '' AS identity,
             a.attgenerated <> '' AS generated,
             coalesce(pg_get_expr(d.adbin, d.adrelid), '') AS default_value,
             coalesce(col_description(a.attrelid, a.attnum), '') AS comment
      FROM pg_class c
      JOIN pg_attribute a ON a.attrelid = c.oid
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE c.oid >= 16384 AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
        AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY a.attrelid, a.attnum LIMIT ?
      """;

  static final String CONSTRAINTS =
      """
      SELECT k.conrelid AS relation, quote_ident(k.conname) AS name, k.contype::text AS type,
             pg_get_constraintdef(k.oid, true) AS definition,
             array_to_string(k.conkey, ',') AS columns, k.confrelid AS parent,
             CASE WHEN k.confrelid = 0 THEN ''
               ELSE (SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c
                     JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = k.confrelid) END
               AS parent_name,
             array_to_string(k.confkey, ',') AS parent_columns,
             array_to_string(ARRAY(SELECT quote_ident(a.attname)
               FROM unnest(k.confkey) WITH ORDINALITY AS u(number, place)
               JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.number
               ORDER BY u.place), ', ') AS parent_column_names,
             array_to_string(ARRAY(SELECT format_type(a.atttypid, NULL)
               FROM unnest(k.confkey) WITH ORDINALITY AS u(number, place)
               JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.number
               ORDER BY u.place), ', ') AS parent_types,
             k.confdeltype::text AS on_delete
      FROM pg_constraint k
      WHERE k.conrelid >= 16384 AND k.conparentid = 0 AND k.contype IN ('p', 'u', 'f', 'c', 'x')
      ORDER BY k.conrelid, k.contype, k.conname COLLATE "C" LIMIT ?
      """;

  /** The signature holds all that makes two indexes the same but for their columns. */
  static final String INDEXES =
      """
      SELECT i.indrelid AS relation, c.relname AS name,
             format('%I.%I', n.nspname, c.relname) AS quoted,
             pg_get_indexdef(i.indexrelid) AS definition, a.amname AS method,
             array_to_string((i.indkey::int2[])[0:i.indnkeyatts - 1], ',') AS columns,
             array_to_string((i.indkey::int2[])[i.indnkeyatts:i.indnatts - 1], ',') AS included,
             array_to_string((i.indclass::oid[])[0:i.indnkeyatts - 1], ',') AS classes,
             array_to_string((i.indcollation::oid[])[0:i.indnkeyatts - 1], ',') AS collations,
             array_to_string((i.indoption::int2[])[0:i.indnkeyatts - 1], ',') AS options,
             coalesce(pg_get_expr(i.indexprs, i.indrelid), '') AS expressions,
             coalesce(pg_get_expr(i.indpred, i.indrelid), '') AS predicate,
             i.indisunique AS is_unique, i.indisprimary AS is_primary, i.indisvalid AS is_valid,
             EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid) AS constrains,
             pg_relation_size(i.indexrelid) AS bytes, coalesce(s.idx_scan, 0) AS scans
      FROM pg_index i
      JOIN pg_class c ON c.oid = i.indexrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_am a ON a.oid = c.relam
      LEFT JOIN pg_stat_user_indexes s ON s.indexrelid = i.indexrelid
      WHERE i.indrelid >= 16384 AND NOT c.relispartition
      ORDER BY i.indrelid, c.relname COLLATE "C" LIMIT ?
      """;

  static final String POLICIES =
      """
      SELECT polrelid AS relation, polname AS name, polcmd::text AS command,
             CASE WHEN polroles = '{0}' THEN 'public'
               ELSE array_to_string(ARRAY(SELECT rolname FROM pg_roles WHERE oid = ANY (polroles)
                                          ORDER BY rolname COLLATE "C"), ', ') END AS roles,
             coalesce(pg_get_expr(polqual, polrelid), '') AS using_expression,
             coalesce(pg_get_expr(polwithcheck, polrelid), '') AS check_expression
      FROM pg_policy ORDER BY polrelid, polname COLLATE "C" LIMIT ?
      """;

  static final String TRIGGERS =
      """
      SELECT tgrelid AS relation, pg_get_triggerdef(oid, true) AS definition
      FROM pg_trigger WHERE NOT tgisinternal AND tgparentid = 0
      ORDER BY tgrelid, tgname COLLATE "C" LIMIT ?
      """;

  static final String ENUMS =
      """
      SELECT format('%I.%I', n.nspname, t.typname) AS name,
             array_to_string(ARRAY(SELECT enumlabel FROM pg_enum WHERE enumtypid = t.oid
                                   ORDER BY enumsortorder), ', ') AS labels,
             coalesce(obj_description(t.oid, 'pg_type'), '') AS comment
      FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
      WHERE t.oid >= 16384 AND t.typtype = 'e' AND NOT
      """
          + FOREIGN_SCHEMAS
          + """
            AND NOT EXISTS (SELECT FROM pg_depend d
                            WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid
                              AND d.deptype = 'e')
          ORDER BY n.nspname COLLATE "C", t.typname COLLATE "C" LIMIT ?
          """;

  static final String ROUTINES =
      """
      SELECT format('%I.%I(%s)', n.nspname, p.proname, pg_get_function_arguments(p.oid)) AS name,
             coalesce(pg_get_function_result(p.oid), '') AS returns, l.lanname AS language,
             p.prosecdef AS definer, coalesce(obj_description(p.oid, 'pg_proc'), '') AS comment
      FROM pg_proc p
      JOIN pg_namespace n ON n.oid = p.pronamespace
      JOIN pg_language l ON l.oid = p.prolang
      WHERE p.oid >= 16384 AND NOT
      """
          + FOREIGN_SCHEMAS
          + """
            AND NOT EXISTS (SELECT FROM pg_depend d
                            WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid
                              AND d.deptype = 'e')
          ORDER BY n.nspname COLLATE "C", p.proname COLLATE "C", p.oid LIMIT ?
          """;

  private StructureSql() {}
}
