package io.agentos.runtime.retention;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A kind of record that is kept for a time. A package further up that has such records hands its
 * own kinds to {@link Retention}, and grants agentos_retention what their statements need.
 *
 * @param name as rules name it
 * @param daysDefault how long it is kept when no rule says; null for ever
 * @param daysMin the shortest that a rule may say, 0 or more
 * @param delete deletes some of the oldest that are neither needed nor held, and gives their number
 *     as {@code n}: parameters are tenant, days, and how many at most. It leaves out itself what is
 *     held; see {@code task_hold} in the schema
 * @param count how many it would delete, with the same parameters and column
 */
public record Retained(
    String name, @Nullable Integer daysDefault, int daysMin, String delete, String count) {

  /** Ended tasks, with everything that belongs to them alone. */
  static final String TASKS = "tasks";

  /** The kinds of the runtime, in the order in which they are pruned. */
  static final List<Retained> BUILT_IN =
      List.of(
          new Retained(TASKS, null, 1, "", PruneSql.COUNT_TASKS),
          new Retained("data_keys", 0, 0, RetentionSql.DATA_KEYS, RetentionSql.COUNT_DATA_KEYS),
          new Retained("model_calls", null, 7, PruneSql.MODEL_CALLS, PruneSql.COUNT_MODEL_CALLS),
          new Retained(
              "policy_decisions",
              400,
              1,
              PruneSql.POLICY_DECISIONS,
              PruneSql.COUNT_POLICY_DECISIONS),
          new Retained(
              "budget_reservations",
              30,
              1,
              PruneSql.BUDGET_RESERVATIONS,
              PruneSql.COUNT_BUDGET_RESERVATIONS),
          rows("idempotency_keys", 2, 1, "idempotency", "tenant_id, route, key", "created_at"),
          rows("response_cache", 0, 0, "model_cache", "tenant_id, hash", "expires_at"),
          rows("sessions", 30, 0, "user_session", "tenant_id, session_id", "expires_at"),
          rows("sign_in_links", 30, 0, "sign_in_link", "tenant_id, link_id", "expires_at"),
          new Retained(
              "expired_secrets", 0, 0, PruneSql.EXPIRED_SECRETS, PruneSql.COUNT_EXPIRED_SECRETS));

  /** A kind whose rows belong to no task. */
  private static Retained rows(
      String name, int usualDays, int daysMin, String table, String key, String at) {
    return new Retained(
        name, usualDays, daysMin, PruneSql.rows(table, key, at), PruneSql.countRows(table, at));
  }
}
