package io.agentos.tools.sql.isolation;

/** The questions about tables, keys, views and policies. */
final class TableHazardsSql {

  static final String RLS_OFF =
      """
      select name, '', format('alter table %s enable row level security;', name)
      from tab where not relrowsecurity and oid in (select oid from may)
      """;

  static final String RLS_NOT_FORCED =
      """
      select name, 'owner ' || pg_get_userbyid(relowner),
        format('alter table %s force row level security;', name)
      from tab where relrowsecurity and not relforcerowsecurity
      """;

  static final String VIEW_AS_OWNER =
      """
      select name, 'owner ' || pg_get_userbyid(relowner),
        format('alter view %s set (security_invoker = on);', name)
      from relation
      where relkind = 'v' and oid in (select oid from may)
        and not coalesce((select o.option_value::boolean from pg_options_to_table(reloptions) o
          where o.option_name = 'security_invoker'), false)
      """;

  static final String COPY_OPEN =
      """
      select r.name, case r.relkind when 'm' then 'materialized view' else 'foreign table' end,
        format('revoke all on %s from %I;', r.name, app.rolname)
      from relation r, app
      where r.relkind in ('m', 'f') and r.oid in (select oid from may where privilege = 'SELECT')
      """;

  static final String POLICY_ALWAYS_TRUE =
      """
      select r.name || ' on ' || r.table_name, coalesce(r.visible, r.written),
        format('drop policy %s on %s; -- or compare the column %I', r.name, r.table_name, scope.col)
      from rule r, scope
      where exists (select from unnest(array[r.visible, r.written]) e
        where lower(btrim(e, '() ')) in ('true', lower(format('%I is not null', scope.col))))
      """;

  static final String POLICY_WITHOUT_TENANT =
      """
      select r.name || ' on ' || r.table_name, coalesce(r.visible, r.written),
        format('drop policy %s on %s; -- or compare the column %I', r.name, r.table_name, scope.col)
      from rule r, scope
      where r.table_oid in (select oid from tenanted)
        and exists (select from unnest(array[r.visible, r.written]) e
          where lower(btrim(e, '() ')) <> 'true' and position(scope.col in e) = 0)
      """;

  static final String POLICY_MISSING =
      """
      select t.name, '',
        format('create policy one_tenant on %s to %I using (%I = '
          '(select nullif(current_setting(''app.tenant'', true), '''')));',
          t.name, scope.role, scope.col)
      from tab t, scope
      where t.relrowsecurity
        and not exists (select from pg_catalog.pg_policy p where p.polrelid = t.oid)
      """;

  static final String UNIQUE_ACROSS_TENANTS =
      """
      select t.name, pg_get_indexdef(i.indexrelid),
        format('-- put %I into the key of %s', scope.col, i.indexrelid::regclass)
      from pg_catalog.pg_index i join tenanted t on t.oid = i.indrelid, scope
      where i.indisunique
        and not exists (select from tenant_column c
          where c.attrelid = t.oid and c.attnum = any (i.indkey::smallint[]))
        and exists (select from unnest(i.indkey::smallint[]) k
          left join pg_catalog.pg_attribute a on a.attrelid = t.oid and a.attnum = k
          where k = 0 or (a.atttypid <> 'pg_catalog.uuid'::regtype and a.attidentity = ''))
      """;

  static final String REFERENCE_ACROSS_TENANTS =
      """
      select a.name, c.conname || ' ' || pg_get_constraintdef(c.oid),
        format('-- let %I refer to (%I, …) of %s', c.conname, scope.col, b.name)
      from pg_catalog.pg_constraint c
        join tenanted a on a.oid = c.conrelid join tenanted b on b.oid = c.confrelid, scope
      where c.contype = 'f' and c.conparentid = 0
        and not exists (select from unnest(c.conkey, c.confkey) k (here, there)
          join tenant_column h on h.attrelid = a.oid and h.attnum = k.here
          join tenant_column o on o.attrelid = b.oid and o.attnum = k.there)
      """;

  static final String TABLE_WITHOUT_TENANT =
      """
      select t.name, '',
        format('alter table %s add column %I text not null; -- or revoke all on it from %I',
          t.name, scope.col, scope.role)
      from tab t, scope
      where t.oid not in (select oid from tenanted)
        and t.oid in (select oid from may where privilege = 'SELECT')
      """;

  static final String TENANT_NULLABLE =
      """
      select t.name, '', format('alter table %s alter column %I set not null;', t.name, scope.col)
      from tenanted t join tenant_column c on c.attrelid = t.oid, scope
      where not c.attnotnull
      """;

  private TableHazardsSql() {}
}
