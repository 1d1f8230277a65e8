package io.agentos.runtime.sinks;

import io.agentos.api.TenantId;
import io.agentos.runtime.store.Database;
import io.agentos.spi.AuditSink;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The places outside that are told of the audit log. Each has a thread, a lease that one node
 * holds, and a cursor in each tenant's log; what one of them does holds up no other, and nothing
 * else.
 *
 * <p>Thread-safe.
 */
public final class AuditSinks implements AutoCloseable {
  private static final int LISTED_MAX = 100;

  private final List<SinkLoop> loops;

  /**
   * How sinks are told.
   *
   * @param fromHead whether a sink that is new begins with what comes, not with the first entry
   * @param batchMax entries of one call
   * @param callMax how long a call may take
   * @param lease how long a node keeps a sink without a sign of life; more than twice {@code
   *     callMax}
   */
  public record Settings(boolean fromHead, int batchMax, Duration callMax, Duration lease) {
    public Settings {
      if (lease.compareTo(callMax.multipliedBy(2)) <= 0) {
        throw new IllegalArgumentException("a lease lasts longer than two calls");
      }
    }

    /** The usual bounds. */
    public static Settings usual(boolean fromHead) {
      return new Settings(fromHead, 500, Duration.ofSeconds(10), Duration.ofSeconds(30));
    }
  }

  /**
   * How far a sink is with a tenant's log.
   *
   * @param delivered the last entry that it has taken; 0 before the first
   * @param behind how many entries came after that
   * @param failures how often it failed to take the next, in a row
   * @param problem why, the last time; empty when it did not fail
   */
  public record View(
      String sink,
      long delivered,
      long behind,
      int failures,
      String problem,
      Instant nextAttemptAt,
      Instant changedAt) {}

  /**
   * @throws IllegalArgumentException when two sinks have one name
   */
  public AuditSinks(Database database, List<AuditSink> sinks, Settings settings) {
    Set<String> names = new HashSet<>();
    sinks.forEach(sink -> {
      if (!sink.id().matches("[a-z][a-z0-9.-]{0,62}") || !names.add(sink.id())) {
        throw new IllegalArgumentException("two audit sinks, or none, may be named " + sink.id());
      }
    });
    UUID node = UUID.randomUUID();
    this.loops = sinks.stream().map(sink -> new SinkLoop(database, sink, settings, node)).toList();
  }

  /** Begins to tell them. */
  public void start() {
    loops.forEach(SinkLoop::start);
  }

  /** What an operator must look at; empty when all is well. Names no tenant. */
  public List<String> warnings() {
    return loops.stream().map(SinkLoop::warning).flatMap(Optional::stream).toList();
  }

  /** How far each sink is with a tenant's log, those of other nodes too. */
  public static List<View> list(Database database, TenantId tenant) {
    return database.inTenant(
        tenant,
        tx ->
            tx.query(
                SinksSql.OF_TENANT,
                row ->
                    new View(
                        row.text("sink"),
                        row.longNumber("seq"),
                        row.longNumber("behind"),
                        row.number("failures"),
                        row.text("problem"),
                        row.instant("due_at"),
                        row.instant("changed_at")),
                tenant.value(),
                LISTED_MAX));
  }

  @Override
  public void close() {
    loops.forEach(SinkLoop::close);
  }
}
