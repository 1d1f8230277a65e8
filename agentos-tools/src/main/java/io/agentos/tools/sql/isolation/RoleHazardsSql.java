package io.agentos.tools.sql.isolation;

/** The questions about the role, its grants, functions, and ways out of the database. */
final class RoleHazardsSql {

  static final String ROLE_MISSING =
      """
      select format('%I', scope.role), '',
        format('create role %I nologin; -- or name the role that is meant', scope.role)
      from scope where not exists (select from app)
      """;

  static final String ROLE_ABOVE_POLICIES =
      """
      select format('%I', app.rolname), p.privilege,
        format('alter role %I no%s;', app.rolname, lower(p.privilege))
      from app cross join lateral (values ('SUPERUSER', app.rolsuper),
        ('BYPASSRLS', app.rolbypassrls), ('CREATEROLE', app.rolcreaterole),
        ('REPLICATION', app.rolreplication)) p (privilege, has)
      where p.has
      """;

  static final String ROLE_BECOMES_MORE =
      """
      select format('%I', r.rolname),
        concat_ws(', ', case when r.rolsuper then 'superuser' end,
          case when r.rolbypassrls then 'bypasses policies' end,
          case when exists (select from tab where relowner = r.oid) then 'owns tables' end),
        format('revoke %I from %I;', r.rolname, app.rolname)
      from acting join pg_catalog.pg_roles r on r.oid = acting.oid, app
      where r.oid <> app.oid
        and (r.rolsuper or r.rolbypassrls or exists (select from tab where relowner = r.oid))
      """;

  static final String ROLE_OWNS =
      """
      select r.name, '', format('alter table %s owner to OTHER_ROLE;', r.name)
      from relation r join app on app.oid = r.relowner
      """;

  static final String DEFINER_OPEN =
      """
      select p.name, 'runs as ' || pg_get_userbyid(p.proowner),
        format('revoke execute on function %s from public, %I;', p.name, app.rolname)
      from routine p, app
      where exists (select from acting a where has_function_privilege(a.oid, p.oid, 'EXECUTE'))
      """;

  static final String DEFINER_SEARCH_PATH =
      """
      select p.name, 'runs as ' || pg_get_userbyid(p.proowner),
        format('alter function %s set search_path = '''';', p.name)
      from routine p
      where not exists (select from unnest(p.proconfig) c where c like 'search_path=%')
      """;

  static final String GRANT_BEYOND_POLICIES =
      """
      select t.name, string_agg(m.privilege, ', ' order by m.privilege),
        format('revoke %s on %s from %I;',
          lower(string_agg(m.privilege, ', ' order by m.privilege)), t.name, app.rolname)
      from tab t join may m on m.oid = t.oid, app
      where m.privilege in ('TRUNCATE', 'REFERENCES', 'TRIGGER')
      group by t.name, app.rolname
      """;

  static final String GRANTED_TO_PUBLIC =
      """
      select r.name, string_agg(distinct x.privilege_type, ', '),
        format('revoke all on %s from public;', r.name)
      from relation r cross join lateral aclexplode(r.relacl) x
      where x.grantee = 0
      group by r.name
      """;

  static final String AUDIT_MUTABLE =
      """
      select r.name, string_agg(m.privilege, ', ' order by m.privilege),
        format('revoke %s on %s from %I;',
          lower(string_agg(m.privilege, ', ' order by m.privilege)), r.name, app.rolname)
      from relation r join may m on m.oid = r.oid, app
      where r.relkind in ('r', 'p') and r.relname ~ 'audit'
        and m.privilege in ('UPDATE', 'DELETE', 'TRUNCATE')
      group by r.name, app.rolname
      """;

  static final String WAY_OUT =
      """
      select format('%I', e.extname), 'extension', format('drop extension %I;', e.extname)
      from pg_catalog.pg_extension e
      where e.extname in ('dblink', 'postgres_fdw', 'file_fdw', 'adminpack', 'lo', 'pg_net', 'http',
        'plpython3u', 'plperlu', 'pltclu')
      union all
      select format('%I', r.rolname), 'predefined role',
        format('revoke %I from %I;', r.rolname, app.rolname)
      from acting r, app
      where r.rolname in ('pg_read_server_files', 'pg_write_server_files',
        'pg_execute_server_program')
      """;

  private RoleHazardsSql() {}
}
