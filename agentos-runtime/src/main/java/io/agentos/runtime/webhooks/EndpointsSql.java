package io.agentos.runtime.webhooks;

/** The statements of endpoints and of what they are told. */
final class EndpointsSql {
  private EndpointsSql() {}

  static final String CREATE =
      """
      insert into webhook_endpoint (tenant_id, endpoint_id, url, description, events, content, created_by)
      values (?, ?, ?, ?, ?, ?, ?) returning created_at
      """;

  static final String COUNT =
      "select count(*) as endpoints from webhook_endpoint where tenant_id = ?";

  static final String LIST =
      """
      select e.endpoint_id, e.url, e.description, e.events, e.content, e.state, e.reason, e.created_by,
             e.created_at,
             (select count(*) from webhook_secret k
              where k.tenant_id = e.tenant_id and k.owner_id = e.endpoint_id
                and (k.expires_at is null or k.expires_at > now())) as secrets
      from webhook_endpoint e where e.tenant_id = ? and e.endpoint_id < ?
      order by e.endpoint_id desc limit ?
      """;

  static final String ONE =
      "select state from webhook_endpoint where tenant_id = ? and endpoint_id = ?";

  static final String DELETE =
      "delete from webhook_endpoint where tenant_id = ? and endpoint_id = ?";

  static final String ENABLE =
      """
      update webhook_endpoint set state = 'active', reason = ''
      where tenant_id = ? and endpoint_id = ?
      """;

  static final String DISABLE =
      """
      update webhook_endpoint set state = 'disabled', reason = ?
      where tenant_id = ? and endpoint_id = ? and state = 'active'
      """;

  static final String DELIVERIES =
      """
      select d.delivery_id, d.endpoint_id, d.event_id, d.type, d.subject, d.at, d.state, d.attempts,
             d.due_at, d.status, d.error, d.created_at, d.ended_at
      from webhook_delivery d
      where d.tenant_id = ? and d.delivery_id < ?
        and (?::uuid is null or d.endpoint_id = ?) and (?::text is null or d.state = ?)
      order by d.delivery_id desc limit ?
      """;

  static final String TELL =
      """
      insert into webhook_delivery (tenant_id, delivery_id, endpoint_id, event_id, type, subject, at)
      values (?, ?, ?, ?, ?, ?, now())
      """;

  /** Back to the beginning of the schedule, under the same id of the message. */
  static final String AGAIN =
      """
      update webhook_delivery
      set state = 'pending', attempts = 0, due_at = now(), leased_until = null, ended_at = null,
          created_at = now()
      where tenant_id = ? and delivery_id = ? and state <> 'pending'
      """;

  static final String DELIVERY_STATE =
      "select state from webhook_delivery where tenant_id = ? and delivery_id = ?";

  /** Endpoints that have something due; their rows are held, so that no two nodes count at once. */
  static final String CLAIM =
      """
      with free as materialized (
        select e.tenant_id, e.endpoint_id from webhook_endpoint e
        where e.state = 'active' and exists (
          select from webhook_delivery d
          where d.tenant_id = e.tenant_id and d.endpoint_id = e.endpoint_id and d.state = 'pending'
            and d.due_at <= now())
        order by random() limit ? for update of e skip locked),
      due as materialized (
        select n.* from free f cross join lateral (
          select d.tenant_id, d.delivery_id from webhook_delivery d
          where d.tenant_id = f.tenant_id and d.endpoint_id = f.endpoint_id and d.state = 'pending'
            and d.due_at <= now()
          order by d.due_at
          limit greatest(0, ? - (select count(*) from webhook_delivery b
                                 where b.tenant_id = f.tenant_id and b.endpoint_id = f.endpoint_id
                                   and b.state = 'pending' and b.leased_until > now()))
          for update skip locked) n)
      update webhook_delivery d
      set attempts = d.attempts + 1, leased_until = now() + ?::interval, due_at = now() + ?::interval
      from due, webhook_endpoint e
      where d.tenant_id = due.tenant_id and d.delivery_id = due.delivery_id
        and e.tenant_id = d.tenant_id and e.endpoint_id = d.endpoint_id
      returning d.tenant_id, d.delivery_id, d.endpoint_id, d.event_id, d.type, d.subject, d.at,
                d.audit_seq, d.detail, d.attempts, e.url, e.content, clock_timestamp() as now,
                array(select encode(k.sealed, 'base64') from webhook_secret k
                      where k.tenant_id = d.tenant_id and k.owner_id = d.endpoint_id
                        and (k.expires_at is null or k.expires_at > now())
                      order by k.created_at desc, k.secret_id desc limit 2) as sealed,
                (select a.body from audit_entry a
                 where e.content = 'facts' and a.tenant_id = d.tenant_id and a.seq = d.audit_seq)
                  as entry
      """;

  static final String DELIVERED =
      """
      update webhook_delivery
      set state = 'delivered', ended_at = now(), leased_until = null, status = ?, error = ''
      where tenant_id = ? and delivery_id = ? and state = 'pending'
      """;

  /** Only the newest attempt says when the next is: an older one may have been taken for lost. */
  static final String RETRY =
      """
      update webhook_delivery
      set due_at = now() + ?::interval, leased_until = null, status = ?, error = ?
      where tenant_id = ? and delivery_id = ? and state = 'pending' and attempts = ?
      """;

  static final String DEAD =
      """
      update webhook_delivery
      set state = 'dead', ended_at = now(), leased_until = null, status = ?, error = ?
      where tenant_id = ? and delivery_id = ? and state = 'pending' and attempts = ?
      """;

  /** What waits for an endpoint that was disabled will not be sent. */
  static final String BURY =
      """
      update webhook_delivery set state = 'dead', ended_at = now(), leased_until = null, error = ?
      where tenant_id = ? and endpoint_id = ? and state = 'pending'
      """;

  /** Beyond so many that wait for one endpoint, the oldest give way. */
  static final String BOUND =
      """
      update webhook_delivery d
      set state = 'dead', ended_at = now(), leased_until = null, error = 'too many were waiting'
      from (
        select n.tenant_id, n.delivery_id
        from webhook_endpoint e cross join lateral (
          select w.tenant_id, w.delivery_id from webhook_delivery w
          where w.tenant_id = e.tenant_id and w.endpoint_id = e.endpoint_id and w.state = 'pending'
          order by w.delivery_id desc offset ? limit 5000) n) beyond
      where d.tenant_id = beyond.tenant_id and d.delivery_id = beyond.delivery_id
        and d.state = 'pending'
      """;

  static final String FORGET =
      """
      delete from webhook_delivery d using (
        select tenant_id, delivery_id from webhook_delivery
        where state <> 'pending' and ended_at < now() - interval '30 days'
        order by ended_at limit 5000 for update skip locked) old
      where d.tenant_id = old.tenant_id and d.delivery_id = old.delivery_id
      """;
}
