package io.agentos.runtime.retention;

import io.agentos.api.AgentOsException;
import io.agentos.api.AuditEntry;
import io.agentos.api.TenantId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Tx;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Deletes what rules say and holds allow, in small transactions, each with its entry in the audit
 * log. Tenants take turns, the one that waited longest first; of several nodes, each takes another.
 *
 * <p>Thread-safe. The database's clock counts.
 */
public final class Pruner {
  private static final System.Logger LOG = System.getLogger(Pruner.class.getName());
  private static final String ACTOR = "system:retention";
  private static final int ROWS_MAX = 500;
  private static final int TASKS_MAX = 50;

  /** How long one tenant is worked for before the next has its turn. */
  private static final Duration TURN_MAX = Duration.ofSeconds(5);

  /** When a tenant is looked at again whose node died at it. */
  private static final Duration LEASE = Duration.ofMinutes(5);

  /** When a tenant is looked at again that had no more to delete. */
  private static final Duration PERIOD = Duration.ofMinutes(10);

  private final Database database;
  private final Audit audit;
  private final List<Retained> kinds;

  public Pruner(Database database, Audit audit, List<Retained> kinds) {
    this.database = database;
    this.audit = audit;
    this.kinds = List.copyOf(kinds);
  }

  /** How much was deleted of one kind, and whether there may be more. */
  private record Batch(int deleted, boolean full, TaskPruning.Place last) {
    static Batch of(int deleted, int limit) {
      return new Batch(deleted, deleted == limit, TaskPruning.Place.FIRST);
    }
  }

  /**
   * Gives one tenant its turn.
   *
   * @return how many rows were deleted; empty when no tenant is due
   */
  public Optional<Integer> turn() {
    Optional<TenantId> due =
        database.inRetentionOfAll(tx -> {
          tx.update(RetentionSql.NEW_TURNS);
          return tx.queryOne(
              RetentionSql.TAKE, row -> new TenantId(row.text("tenant_id")), LEASE.toSeconds());
        });
    return due.map(this::turn);
  }

  private int turn(TenantId tenant) {
    long until = System.nanoTime() + TURN_MAX.toNanos();
    int deleted = 0;
    boolean more = false;
    for (Retained kind : kinds) {
      TaskPruning.Place after = TaskPruning.Place.FIRST;
      boolean full = true;
      while (full && System.nanoTime() < until) {
        Batch batch = batch(tenant, kind, after);
        deleted += batch.deleted;
        full = batch.full;
        after = batch.last;
      }
      more |= full;
    }
    long pause = more ? 0 : PERIOD.toSeconds();
    database.inRetentionOfAll(tx -> tx.update(RetentionSql.DONE, pause, tenant.value()));
    return deleted;
  }

  private Batch batch(TenantId tenant, Retained kind, TaskPruning.Place after) {
    if (!kind.name().equals(Retained.TASKS)) {
      return database.inRetention(tenant, tx -> Batch.of(rows(tx, tenant, kind), ROWS_MAX));
    }
    List<TaskPruning.Place> chosen =
        database.inRetention(tenant, tx -> choose(tx, tenant, kind, after));
    if (chosen.isEmpty()) {
      return Batch.of(0, TASKS_MAX);
    }
    int deleted = together(tenant, kind, chosen);
    return new Batch(deleted, chosen.size() == TASKS_MAX || deleted > 0, chosen.getLast());
  }

  private int rows(Tx tx, TenantId tenant, Retained kind) {
    RetentionRules rules = Holds.share(tx, tenant);
    @Nullable Integer days = rules.daysOf(kind);
    if (days == null) {
      return 0;
    }
    int deleted =
        tx.queryOne(kind.delete(), row -> row.number("n"), tenant.value(), (long) days, ROWS_MAX)
            .orElse(0);
    tell(tx, tenant, kind, rules, deleted);
    return deleted;
  }

  private static List<TaskPruning.Place> choose(
      Tx tx, TenantId tenant, Retained kind, TaskPruning.Place after) {
    @Nullable Integer days = Holds.share(tx, tenant).daysOf(kind);
    return days == null ? List.of() : TaskPruning.choose(tx, tenant, days, after, TASKS_MAX);
  }

  /** Where one of them cannot go, each by itself, so that it keeps no other. */
  private int together(TenantId tenant, Retained kind, List<TaskPruning.Place> chosen) {
    try {
      return delete(tenant, kind, chosen);
    } catch (AgentOsException e) {
      if (chosen.size() == 1) {
        LOG.log(
            System.Logger.Level.WARNING,
            "an ended task stays, for now: tenant={0} task={1} problem={2}",
            tenant,
            chosen.getFirst().task(),
            e.getMessage());
        return 0;
      }
    }
    return chosen.stream().mapToInt(one -> together(tenant, kind, List.of(one))).sum();
  }

  private int delete(TenantId tenant, Retained kind, List<TaskPruning.Place> chosen) {
    return database.inRetention(
        tenant,
        tx -> {
          RetentionRules rules = Holds.share(tx, tenant);
          @Nullable Integer days = rules.daysOf(kind);
          if (days == null) {
            return 0;
          }
          int deleted = TaskPruning.delete(tx, tenant, days, chosen);
          tell(tx, tenant, kind, rules, deleted);
          return deleted;
        });
  }

  private void tell(Tx tx, TenantId tenant, Retained kind, RetentionRules rules, int deleted) {
    if (deleted == 0) {
      return;
    }
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("kind", kind.name());
    facts.put("deleted", String.valueOf(deleted));
    facts.put("days", String.valueOf(rules.daysOf(kind)));
    facts.put("revision", String.valueOf(rules.revision()));
    audit.append(
        tx, List.of(new AuditEntry(tenant, "retention.pruned", ACTOR, kind.name(), facts)));
  }
}
