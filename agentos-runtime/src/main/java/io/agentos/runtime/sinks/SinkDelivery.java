package io.agentos.runtime.sinks;

import io.agentos.api.AuditEntry;
import io.agentos.api.AuditRecord;
import io.agentos.api.TenantId;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Row;
import io.agentos.spi.AuditSink;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells one sink what it has not been told, as long as this node holds the sink's lease. A cursor
 * moves after the sink has taken a batch, so that a crash in between tells it again; it moves from
 * where it was and in the epoch of the lease, so that a node that was thought dead moves nothing.
 *
 * <p>Not thread-safe.
 */
final class SinkDelivery {
  private static final int TENANTS_MAX = 100;
  private static final String GAP = "entry %d is missing in the log";

  private final Database database;
  private final AuditSink sink;
  private final AuditSinks.Settings settings;
  private final UUID node;
  private final BoundedCall call;

  SinkDelivery(Database database, AuditSink sink, AuditSinks.Settings settings, UUID node) {
    this.database = database;
    this.sink = sink;
    this.settings = settings;
    this.node = node;
    this.call = new BoundedCall(sink, settings.callMax());
  }

  /** What one look at all logs did. */
  record Pass(int taken, int failed) {
    static final Pass NOTHING = new Pass(0, 0);
  }

  private record Due(TenantId tenant, long after) {}

  /** One batch of each log that has grown; nothing while another node holds the lease. */
  Pass pass() throws InterruptedException {
    Optional<Long> epoch = lease();
    if (epoch.isEmpty()) {
      return Pass.NOTHING;
    }
    int taken = 0;
    int failed = 0;
    for (Due due : due()) {
      // Between two batches nobody else may take over; a call lasts less than half a lease.
      if (!lease().equals(epoch)) {
        return new Pass(taken, failed);
      }
      int entries = deliver(due, epoch.get());
      taken += Math.max(0, entries);
      failed += entries < 0 ? 1 : 0;
    }
    return new Pass(taken, failed);
  }

  /** Lets another node go on at once. */
  void release() {
    database.inAuditor(tx -> tx.update(SinksSql.RELEASE, sink.id(), node));
  }

  private Optional<Long> lease() {
    return database.inAuditor(tx ->
        tx.queryOne(
            SinksSql.TAKE,
            row -> row.longNumber("epoch"),
            sink.id(),
            node,
            settings.lease().toMillis()));
  }

  private List<Due> due() {
    return database.inAuditor(tx -> {
      boolean known = !tx.query(SinksSql.KNOWN, row -> true, sink.id()).isEmpty();
      // A log that is newer than the sink is told from its first entry on.
      tx.update(SinksSql.BEGIN, sink.id(), settings.fromHead() && !known, sink.id());
      return tx.query(
          SinksSql.DUE,
          row -> new Due(new TenantId(row.text("tenant_id")), row.longNumber("seq")),
          sink.id(),
          TENANTS_MAX);
    });
  }

  /** How many entries were taken; -1 when the sink did not take them. */
  private int deliver(Due due, long epoch) throws InterruptedException {
    List<AuditRecord> batch =
        database.inAuditor(tx ->
            tx.query(
                SinksSql.ENTRIES,
                row -> record(due.tenant(), row),
                due.tenant().value(),
                due.after(),
                settings.batchMax()));
    String problem = gap(due.after(), batch);
    if (problem.isEmpty()) {
      problem = call.accept(batch);
    }
    long to = due.after() + batch.size();
    String why = problem;
    int moved =
        database.inAuditor(tx ->
            why.isEmpty()
                ? tx.update(
                    SinksSql.MOVE, to, due.tenant().value(), sink.id(), due.after(), node, epoch)
                : tx.update(
                    SinksSql.FAIL, why, due.tenant().value(), sink.id(), due.after(), node, epoch));
    return why.isEmpty() && moved == 1 ? batch.size() : -1;
  }

  private static String gap(long after, List<AuditRecord> batch) {
    long expected = after + 1;
    for (AuditRecord entry : batch) {
      if (entry.sequence() != expected) {
        return GAP.formatted(expected);
      }
      expected++;
    }
    return batch.isEmpty() ? GAP.formatted(expected) : "";
  }

  private static AuditRecord record(TenantId tenant, Row row) {
    String body = row.text("body");
    Map<String, String> facts = new TreeMap<>();
    if (Json.readObject(body).get("facts") instanceof Map<?, ?> stored) {
      stored.forEach((name, value) -> facts.put(String.valueOf(name), text(value)));
    }
    return new AuditRecord(
        row.longNumber("seq"),
        row.instant("at"),
        new AuditEntry(tenant, row.text("type"), row.text("actor"), row.text("subject"), facts),
        body,
        HexFormat.of().formatHex(row.bytes("hash")));
  }

  private static String text(@Nullable Object value) {
    return String.valueOf(value);
  }
}
