package io.agentos.tools.sql.rls;

/**
 * The statements that read the catalogs, all open to any user. The only parameter is the most rows.
 *
 * <p>Objects that come with Postgres have numbers below 16384. Objects of extensions are left out.
 */
final class CatalogSql {

  /** Names come out with their schema when no schema is on the path. */
  static final String PREPARE =
      """
      SELECT set_config('search_path', '', true),
             set_config('statement_timeout', '30s', true),
             set_config('lock_timeout', '5s', true),
             set_config('idle_in_transaction_session_timeout', '60s', true)
      """;

  static final String SERVER =
      """
      SELECT current_setting('server_version_num')::int AS version,
             current_setting('server_version') AS version_text,
             current_database() AS database,
             (SELECT oid FROM pg_roles WHERE rolname = current_user) AS current_role
      """;

  static final String ROLES =
      """
      SELECT oid, rolname, quote_ident(rolname) AS quoted, rolsuper, rolbypassrls, rolcanlogin,
             coalesce(shobj_description(oid, 'pg_authid'), '') AS comment
      FROM pg_roles ORDER BY rolname LIMIT ?
      """;

  static final String MEMBERSHIPS =
      """
      SELECT roleid, member, grantor FROM pg_auth_members ORDER BY roleid, member, grantor LIMIT ?
      """;

  static final String SCHEMAS =
      """
      SELECT oid, nspname, quote_ident(nspname) AS quoted, nspowner,
             coalesce(obj_description(oid, 'pg_namespace'), '') AS comment
      FROM pg_namespace
      WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
      ORDER BY nspname LIMIT ?
      """;

  static final String SCHEMA_GRANTS =
      """
      SELECT n.oid AS object, a.grantee, a.privilege_type AS privilege
      FROM pg_namespace n,
           aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
      WHERE a.grantee <> n.nspowner AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      ORDER BY 1, 2, 3 LIMIT ?
      """;

  static final String RELATIONS =
      """
      SELECT c.oid, c.relnamespace, c.relname, format('%I.%I', n.nspname, c.relname) AS quoted,
             c.relkind::text, c.relowner, c.relrowsecurity, c.relforcerowsecurity,
             c.relispartition, coalesce(obj_description(c.oid, 'pg_class'), '') AS comment,
             coalesce((SELECT option_value::boolean FROM pg_options_to_table(c.reloptions)
                       WHERE option_name = 'security_invoker'), false) AS invoker,
             CASE WHEN c.relkind = 'v' THEN pg_relation_is_updatable(c.oid, false) <> 0
               ELSE false END AS updatable
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.oid >= 16384 AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relpersistence <> 't'
        AND NOT EXISTS (SELECT FROM pg_depend d
                        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                          AND d.deptype = 'e')
      ORDER BY n.nspname, c.relname LIMIT ?
      """;

  /** Of whole relations and of single columns alike. */
  static final String RELATION_GRANTS =
      """
      SELECT c.oid AS object, a.grantee, a.privilege_type AS privilege
      FROM pg_class c, aclexplode(c.relacl) a
      WHERE c.oid >= 16384 AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
        AND a.grantee <> c.relowner
      UNION
      SELECT c.oid, a.grantee, a.privilege_type
      FROM pg_class c JOIN pg_attribute t ON t.attrelid = c.oid, aclexplode(t.attacl) a
      WHERE c.oid >= 16384 AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
        AND t.attacl IS NOT NULL AND a.grantee <> c.relowner
      ORDER BY 1, 2, 3 LIMIT ?
      """;

  static final String COLUMNS =
      """
      SELECT a.attrelid, a.attnum, a.attname, quote_ident(a.attname) AS quoted,
             format_type(a.atttypid, NULL) AS type,
             a.attidentity <> ''
               OR coalesce(pg_get_expr(d.adbin, d.adrelid)
                           ~ '(nextval|random_uuid|uuid_generate|uuidv)', false) AS generated
      FROM pg_class c
      JOIN pg_attribute a ON a.attrelid = c.oid
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE c.oid >= 16384 AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY a.attrelid, a.attnum LIMIT ?
      """;

  static final String POLICIES =
      """
      SELECT oid, polrelid, quote_ident(polname) AS quoted, polcmd::text, polpermissive,
             array_to_string(polroles, ',') AS roles,
             coalesce(pg_get_expr(polqual, polrelid), '') AS using_expression,
             coalesce(pg_get_expr(polwithcheck, polrelid), '') AS check_expression,
             coalesce(obj_description(oid, 'pg_policy'), '') AS comment
      FROM pg_policy ORDER BY polrelid, polname LIMIT ?
      """;

  static final String POLICY_COLUMNS =
      """
      SELECT DISTINCT p.oid, d.refobjsubid
      FROM pg_policy p
      JOIN pg_depend d ON d.classid = 'pg_policy'::regclass AND d.objid = p.oid
        AND d.refclassid = 'pg_class'::regclass AND d.refobjid = p.polrelid
      WHERE d.refobjsubid > 0
      ORDER BY 1, 2 LIMIT ?
      """;

  static final String POLICY_ROUTINES =
      """
      SELECT DISTINCT d.refobjid, d.objid
      FROM pg_depend d
      WHERE d.classid = 'pg_policy'::regclass AND d.refclassid = 'pg_proc'::regclass
      ORDER BY 1, 2 LIMIT ?
      """;

  static final String VIEW_SOURCES =
      """
      SELECT DISTINCT r.ev_class, d.refobjid
      FROM pg_rewrite r
      JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
        AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> r.ev_class
      JOIN pg_class c ON c.oid = r.ev_class AND c.relkind IN ('v', 'm')
      WHERE r.ev_class >= 16384
      ORDER BY 1, 2 LIMIT ?
      """;

  static final String ROUTINES =
      """
      SELECT p.oid, p.pronamespace, p.proowner,
             format('%I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid))
               AS quoted,
             p.prorettype IN ('trigger'::regtype, 'event_trigger'::regtype) AS is_trigger,
             (SELECT option_value FROM pg_options_to_table(p.proconfig)
              WHERE option_name = 'search_path') AS search_path,
             coalesce(obj_description(p.oid, 'pg_proc'), '') AS comment
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE p.prosecdef AND p.oid >= 16384
        AND NOT EXISTS (SELECT FROM pg_depend d
                        WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid
                          AND d.deptype = 'e')
      ORDER BY 4 LIMIT ?
      """;

  static final String ROUTINE_GRANTS =
      """
      SELECT p.oid AS object, a.grantee, a.privilege_type AS privilege
      FROM pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
      WHERE p.prosecdef AND p.oid >= 16384 AND a.grantee <> p.proowner
      ORDER BY 1, 2, 3 LIMIT ?
      """;

  static final String INDEXES =
      """
      SELECT i.indrelid, format('%I.%I', n.nspname, c.relname) AS quoted,
             coalesce(quote_ident(k.conname), '') AS constraint_name,
             array_to_string((i.indkey::int2[])[0:i.indnkeyatts - 1], ',') AS columns,
             i.indisunique, i.indisprimary, i.indpred IS NOT NULL AS partial,
             EXISTS (SELECT FROM pg_constraint f
                     WHERE f.contype = 'f' AND f.conindid = i.indexrelid) AS referenced,
             coalesce(obj_description(k.oid, 'pg_constraint'),
                      obj_description(i.indexrelid, 'pg_class'), '') AS comment
      FROM pg_index i
      JOIN pg_class c ON c.oid = i.indexrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_constraint k ON k.conindid = i.indexrelid AND k.contype IN ('p', 'u')
      WHERE i.indrelid >= 16384 AND i.indisvalid
      ORDER BY i.indrelid, c.relname LIMIT ?
      """;

  static final String FOREIGN_KEYS =
      """
      SELECT conrelid, quote_ident(conname) AS quoted, confrelid,
             array_to_string(conkey, ',') AS columns,
             array_to_string(confkey, ',') AS parent_columns,
             CASE confupdtype WHEN 'r' THEN 'ON UPDATE RESTRICT' WHEN 'c' THEN 'ON UPDATE CASCADE'
               WHEN 'n' THEN 'ON UPDATE SET NULL' WHEN 'd' THEN 'ON UPDATE SET DEFAULT'
               ELSE '' END AS on_update,
             CASE confdeltype WHEN 'r' THEN 'ON DELETE RESTRICT' WHEN 'c' THEN 'ON DELETE CASCADE'
               WHEN 'n' THEN 'ON DELETE SET NULL' WHEN 'd' THEN 'ON DELETE SET DEFAULT'
               ELSE '' END AS on_delete,
             CASE WHEN condeferred THEN 'DEFERRABLE INITIALLY DEFERRED'
               WHEN condeferrable THEN 'DEFERRABLE' ELSE '' END AS deferral,
             coalesce(obj_description(oid, 'pg_constraint'), '') AS comment
      FROM pg_constraint
      WHERE contype = 'f' AND conparentid = 0 AND conrelid >= 16384
      ORDER BY conrelid, conname LIMIT ?
      """;

  private CatalogSql() {}
}
