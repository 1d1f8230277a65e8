package io.agentos.runtime.vault;

/** The statements of tenants' keys and data keys. */
final class DataKeysSql {
  private DataKeysSql() {}

  /** A row that this very transaction wrote may still be taken back, and must not be remembered. */
  static final String TENANT_KEY =
      """
      select wrapped, coalesce(xmin = pg_current_xact_id_if_assigned()::xid, false) as own
      from tenant_key where tenant_id = ?
      """;

  static final String NEW_TENANT_KEY =
      "insert into tenant_key (tenant_id, wrapped) values (?, ?) on conflict do nothing";

  static final String NEW =
      """
      insert into data_key (tenant_id, key_id, subject, wrapped) values (?, ?, ?, ?)
      on conflict (tenant_id, subject) where subject is not null and erasing_at is null do nothing
      """;

  /** Held until the task that is to be sealed under it is there: an erasure waits for it. */
  static final String OF_SUBJECT =
      """
      select key_id, wrapped from data_key
      where tenant_id = ? and subject = ? and erasing_at is null for share
      """;

  /** The key of a parent's subject, held as that of a subject is. */
  static final String OF_PARENT =
      """
      select k.key_id, k.wrapped
      from task t join data_key k on k.tenant_id = t.tenant_id and k.key_id = t.key_id
      where t.tenant_id = ? and t.task_id = ? and k.subject is not null and k.erasing_at is null
      for share of k
      """;

  static final String OF_TASK =
      """
      select t.key_id, k.wrapped as wrapped_key
      from task t left join data_key k on k.tenant_id = t.tenant_id and k.key_id = t.key_id
      where t.tenant_id = ? and t.task_id = ?
      """;

  static final String ONE =
      "select key_id, wrapped as wrapped_key from data_key where tenant_id = ? and key_id = ?";
}
