package io.agentos.runtime.approvals;

import io.agentos.api.ApprovalId;
import io.agentos.api.AuditEntry;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Row;
import io.agentos.runtime.store.Tx;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Asks further up what nobody answers in time: at the SLA of a question whoever is next above the
 * roles it asks, halfway from there to its expiry the admins. Nobody who was asked is left out, and
 * never is anybody below them asked. All times are the database's; of several nodes one does it.
 *
 * <p>Thread-safe.
 */
public final class Escalations implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Escalations.class.getName());
  private static final int ROWS_MAX = 200;
  private static final int ROUNDS_MAX = 50;
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final Database database;
  private final Audit audit;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  public Escalations(Database database, Audit audit) {
    this.database = database;
    this.audit = audit;
    this.thread = Thread.ofVirtual().name("escalations").unstarted(this::run);
  }

  /** Begins to look, every two seconds. */
  public void start() {
    thread.start();
  }

  /** Escalates all that is due now, at most 10,000 questions, and says how many it was. */
  public int sweep() {
    int escalated = 0;
    for (int round = 0; round < ROUNDS_MAX; round++) {
      int rows = database.inEngine(this::escalate);
      escalated += rows;
      if (rows < ROWS_MAX) {
        break;
      }
    }
    return escalated;
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int escalate(Tx tx) {
    List<AuditEntry> entries = tx.query(ApprovalsSql.ESCALATE, Escalations::entry, ROWS_MAX);
    audit.append(tx, entries);
    return entries.size();
  }

  private static AuditEntry entry(Row row) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("approval", new ApprovalId(row.uuid("approval_id")).toString());
    facts.put("tool", row.text("tool"));
    facts.put("level", String.valueOf(row.number("escalation")));
    facts.put("roles", String.join(" ", row.texts("roles")));
    return new AuditEntry(
        new TenantId(row.text("tenant_id")),
        "approval.escalated",
        "system",
        new TaskId(row.uuid("task_id")).toString(),
        facts);
  }

  private void run() {
    while (true) {
      try {
        if (closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
        int escalated = sweep();
        if (escalated > 0) {
          LOG.log(System.Logger.Level.INFO, "approvals escalated count={0}", escalated);
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "could not escalate approvals, trying again", e);
      }
    }
  }
}
