package io.agentos.runtime.webhooks;

/** The statements of sources, and of the secrets of sources and endpoints. */
final class SourcesSql {
  private SourcesSql() {}

  static final String CREATE =
      """
      insert into webhook_source (tenant_id, source_id, name, scheme, settings, created_by)
      values (?, ?, ?, ?, ?, ?) returning created_at
      """;

  static final String COUNT = "select count(*) as sources from webhook_source where tenant_id = ?";

  static final String LIST =
      """
      select s.source_id, s.name, s.scheme, s.settings, s.created_by, s.created_at,
             (select count(*) from webhook_secret k
              where k.tenant_id = s.tenant_id and k.owner_id = s.source_id
                and (k.expires_at is null or k.expires_at > now())) as secrets
      from webhook_source s where s.tenant_id = ? and s.source_id < ?
      order by s.source_id desc limit ?
      """;

  static final String ONE =
      "select scheme from webhook_source where tenant_id = ? and source_id = ?";

  static final String DELETE = "delete from webhook_source where tenant_id = ? and source_id = ?";

  /** Whose source it is, and what it shares with its sender, newest secret first. */
  static final String FIND =
      """
      select s.tenant_id, s.source_id, s.scheme, s.settings, clock_timestamp() as now,
             array(select encode(k.sealed, 'base64') from webhook_secret k
                   where k.tenant_id = s.tenant_id and k.owner_id = s.source_id
                     and (k.expires_at is null or k.expires_at > now())
                   order by k.created_at desc, k.secret_id desc limit 4) as sealed
      from webhook_source s where s.source_id = ? limit 1
      """;

  static final String REMEMBER =
      """
      insert into webhook_seen (tenant_id, source_id, message_id, task_id, forget_at)
      values (?, ?, ?, ?, now() + ?::interval) on conflict do nothing
      """;

  static final String SEEN =
      "select task_id from webhook_seen where tenant_id = ? and source_id = ? and message_id = ?";

  static final String FORGET =
      """
      delete from webhook_seen w using (
        select tenant_id, source_id, message_id from webhook_seen
        where forget_at < now() order by forget_at limit 5000) old
      where w.tenant_id = old.tenant_id and w.source_id = old.source_id
        and w.message_id = old.message_id
      """;

  static final String ADD_SECRET =
      "insert into webhook_secret (tenant_id, owner_id, secret_id, sealed) values (?, ?, ?, ?)";

  /** The newest goes on for a while; older ones end, so that two are valid at once at most. */
  static final String RETIRE_SECRETS =
      """
      update webhook_secret k
      set expires_at = least(coalesce(k.expires_at, 'infinity'),
                             case when k.secret_id = newest.secret_id then now() + ?::interval
                                  else now() end)
      from (select secret_id from webhook_secret
            where tenant_id = ? and owner_id = ?
            order by created_at desc, secret_id desc limit 1) newest
      where k.tenant_id = ? and k.owner_id = ?
      """;

  static final String DELETE_SECRETS =
      "delete from webhook_secret where tenant_id = ? and owner_id = ?";
}
