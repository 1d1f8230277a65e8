package io.agentos.runtime.secrets;

/** The statements of secrets. */
final class SecretsSql {
  private SecretsSql() {}

  static final String COUNT =
      "select count(*)::int as n from secret where tenant_id = ? and deleted_at is null";

  /** A name that was deleted begins again, with the next version. */
  static final String CREATE =
      """
      insert into secret (tenant_id, name, description, tools, agents, version, created_by, changed_by)
      values (?, ?, ?, ?, ?, 1, ?, ?)
      on conflict (tenant_id, name) do update
        set description = excluded.description, tools = excluded.tools, agents = excluded.agents,
            version = secret.version + 1, disabled = false, created_by = excluded.created_by, created_at = now(),
            changed_by = excluded.changed_by, changed_at = now(), deleted_by = null, deleted_at = null
        where secret.deleted_at is not null
      returning version
      """;

  static final String ADD_VERSION =
      """
      insert into secret_version (tenant_id, name, version, sealed, created_by) values (?, ?, ?, ?, ?)
      """;

  static final String NEXT_VERSION =
      """
      update secret set version = version + 1, changed_by = ?, changed_at = now()
      where tenant_id = ? and name = ? and deleted_at is null
      returning version
      """;

  /** How long the versions before are good beside the one that follows. */
  static final String EXPIRE =
      """
      update secret_version set expires_at = now() + ?::bigint * interval '1 s'
      where tenant_id = ? and name = ? and sealed is not null and expires_at is null
      """;

  static final String DESTROY_EXPIRED =
      """
      update secret_version set sealed = null, destroyed_at = now()
      where tenant_id = ? and name = ? and sealed is not null and expires_at <= now()
      """;

  static final String DESTROY =
      """
      update secret_version set sealed = null, destroyed_at = now()
      where tenant_id = ? and name = ? and sealed is not null
      """;

  static final String CHANGE =
      """
      update secret set description = ?, tools = ?, agents = ?, disabled = ?, changed_by = ?, changed_at = now()
      where tenant_id = ? and name = ? and deleted_at is null
      """;

  static final String DELETE =
      """
      update secret set deleted_by = ?, deleted_at = now(), changed_by = ?, changed_at = now()
      where tenant_id = ? and name = ? and deleted_at is null
      """;

  static final String LIST =
      """
      select name, description, tools, agents, disabled, version, created_by, created_at, changed_by, changed_at
      from secret where tenant_id = ? and name > ? and deleted_at is null order by name limit ?
      """;

  static final String FIND =
      """
      select name, description, tools, agents, disabled, version, created_by, created_at, changed_by, changed_at
      from secret where tenant_id = ? and name = ? and deleted_at is null
      """;

  static final String VERSIONS =
      """
      select v.name, v.version, v.created_by, v.created_at, v.expires_at, v.last_used_at,
             case when v.sealed is null then 'destroyed' when v.expires_at is null then 'current'
                  when v.expires_at > now() then 'previous' else 'expired' end as state
      from unnest(?::text[]) as u (name)
      cross join lateral (
        select * from secret_version w where w.tenant_id = ? and w.name = u.name
        order by w.version desc limit ?) v
      order by v.name, v.version desc
      """;

  /** The versions that a tool may get now, with who may get them. */
  static final String USABLE =
      """
      select s.name, v.version, v.expires_at is null as current, s.tools, s.agents, v.sealed
      from secret s
      join secret_version v on v.tenant_id = s.tenant_id and v.name = s.name
      where s.tenant_id = ? and s.name = any (?) and s.deleted_at is null and not s.disabled
        and v.sealed is not null and (v.expires_at is null or v.expires_at > now())
      order by s.name, v.version
      """;

  /** Changes with each secret that is set, rotated or deleted: versions of a tenant only grow. */
  static final String KNOWN_STAMP =
      """
      select coalesce(sum(version), 0) || '/' || count(deleted_at) as stamp from secret where tenant_id = ?
      """;

  static final String KNOWN_SIZE =
      """
      select count(*) as n, coalesce(sum(octet_length(sealed)), 0) as bytes
      from secret_version where tenant_id = ? and sealed is not null
      """;

  /** The current ones first, then the newest. */
  static final String KNOWN =
      """
      select name, version, sealed from secret_version where tenant_id = ? and sealed is not null
      order by expires_at is not null, created_at desc, name, version desc limit ?
      """;

  /** To the minute, and never waiting for another use of the same secret. */
  static final String USED =
      """
      update secret_version set last_used_at = now()
      where tenant_id = ? and (name, version) in (
        select w.name, w.version
        from unnest(?::text[], ?::int[]) as u (name, version)
        join secret_version w on w.tenant_id = ? and w.name = u.name and w.version = u.version
        where w.last_used_at is null or w.last_used_at < now() - interval '1 minute'
        for update of w skip locked)
      """;
}
