package io.agentos.tools.sql.isolation;

/**
 * What every question begins with, and what comes before all of them. Each question gives object,
 * detail and repair.
 */
final class IsolationSql {

  /** Names come out with their schema; every wait is bounded. */
  static final String PREPARE =
      """
      select set_config('search_path', '', true),
             set_config('statement_timeout', '30s', true),
             set_config('lock_timeout', '5s', true),
             set_config('idle_in_transaction_session_timeout', '60s', true)
      """;

  /** What the report says it looked at. */
  static final String COUNT =
      """
      select (select role from scope) as role, count(*) as tables,
        count(*) filter (where oid in (select oid from tenanted)) as tenanted
      from tab
      """;

  /**
   * The parameters are role, column, schemas and allowed tables.
   *
   * <ul>
   *   <li>acting: the role and all that it can become
   *   <li>relation: what holds or shows rows; of extensions nothing
   *   <li>tab: tables that are not allowed to be without a tenant; tenanted: those with the column
   *   <li>may: what the role, or one that it can become, may do with a relation
   * </ul>
   */
  static final String COMMON =
      """
      with scope as (
        select coalesce(nullif(?::text, ''), current_user) as role, ?::text as col, ?::text[] as schemas, ?::text[] as allowed),
      app as (select r.* from pg_catalog.pg_roles r, scope where r.rolname = scope.role),
      acting as (
        select r.oid, r.rolname from pg_catalog.pg_roles r, app
        where r.oid = app.oid or (not app.rolsuper and pg_has_role(app.oid, r.oid, 'MEMBER'))),
      space as (
        select n.oid, n.nspname from pg_catalog.pg_namespace n, scope
        where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
          and (cardinality(scope.schemas) = 0 or n.nspname = any (scope.schemas))),
      relation as (
        select c.*, format('%I.%I', s.nspname, c.relname) as name
        from pg_catalog.pg_class c join space s on s.oid = c.relnamespace
        where c.relkind in ('r', 'p', 'v', 'm', 'f')
          and not exists (select from pg_catalog.pg_depend d
            where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')),
      tab as (
        select r.* from relation r, scope
        where r.relkind in ('r', 'p') and r.relname <> all (scope.allowed)),
      tenant_column as (
        select a.attrelid, a.attnum, a.attnotnull from pg_catalog.pg_attribute a, scope
        where a.attname = scope.col and a.attnum > 0 and not a.attisdropped),
      tenanted as (select t.* from tab t where t.oid in (select attrelid from tenant_column)),
      may as (
        select r.oid, p.privilege from relation r
        cross join (values ('SELECT'), ('INSERT'), ('UPDATE'), ('DELETE'), ('TRUNCATE'),
          ('REFERENCES'), ('TRIGGER')) p (privilege)
        where exists (select from acting a
          where has_table_privilege(a.oid, r.oid, p.privilege)
             or (p.privilege in ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES')
                 and has_any_column_privilege(a.oid, r.oid, p.privilege)))),
      routine as (
        select p.*, p.oid::regprocedure::text as name
        from pg_catalog.pg_proc p join space s on s.oid = p.pronamespace
        where p.prosecdef and not exists (select from pg_catalog.pg_depend d
          where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')),
      rule as (
        select t.name as table_name, t.oid as table_oid, format('%I', p.polname) as name,
          pg_get_expr(p.polqual, p.polrelid) as visible,
          pg_get_expr(p.polwithcheck, p.polrelid) as written
        from pg_catalog.pg_policy p join tab t on t.oid = p.polrelid
        where p.polpermissive
          and (p.polroles = '{0}' or p.polroles && array(select oid from acting)))
      """;

  private IsolationSql() {}
}
