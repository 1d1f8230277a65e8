package io.agentos.runtime.policy;

import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.runtime.store.Database;
import java.time.Instant;
import java.util.List;

/** What policies said about one task, for evidence. Thread-safe. */
public final class TaskDecisions {
  private static final int DECISIONS_MAX = 10_000;

  private TaskDecisions() {}

  /**
   * A decision, without what it was made from.
   *
   * @param version the SHA-256 of all rules in force
   */
  public record Decided(
      String step, String subject, String rule, String effect, String version, Instant at) {}

  /** The decisions about a task, in their order. */
  public static List<Decided> of(Database database, TenantId tenant, TaskId task) {
    return database.inTenant(
        tenant,
        tx ->
            tx.query(
                PolicySql.DECISIONS_OF_TASK,
                row ->
                    new Decided(
                        row.text("step"),
                        row.text("subject"),
                        row.text("rule"),
                        row.text("effect"),
                        row.text("version"),
                        row.instant("at")),
                tenant.value(),
                task.value(),
                DECISIONS_MAX));
  }
}
