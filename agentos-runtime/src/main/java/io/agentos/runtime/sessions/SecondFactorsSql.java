package io.agentos.runtime.sessions;

/** The statements of second factors. */
final class SecondFactorsSql {
  private SecondFactorsSql() {}

  static final String CREATE =
      "insert into second_factor (tenant_id, user_id, sealed) values (?, ?, ?)";

  static final String FORGET_UNCONFIRMED =
      "delete from second_factor where tenant_id = ? and user_id = ? and confirmed_at is null";

  static final String LOCK =
      """
      select sealed, step, used_for, confirmed_at is not null as confirmed,
             floor(extract(epoch from clock_timestamp()))::bigint as seconds
      from second_factor where tenant_id = ? and user_id = ? for update
      """;

  static final String CONFIRM =
      """
      update second_factor set confirmed_at = now(), step = ?, used_for = ?
      where tenant_id = ? and user_id = ? and confirmed_at is null
      """;

  static final String USE =
      "update second_factor set step = ?, used_for = ? where tenant_id = ? and user_id = ?";

  static final String REMOVE = "delete from second_factor where tenant_id = ? and user_id = ?";

  static final String ADD_RECOVERY =
      "insert into recovery_code (tenant_id, user_id, hash) values (?, ?, ?)";

  static final String USE_RECOVERY =
      """
      update recovery_code set used_at = now(), used_for = ?
      where tenant_id = ? and user_id = ? and hash = ? and (used_at is null or used_for = ?)
      """;
}
