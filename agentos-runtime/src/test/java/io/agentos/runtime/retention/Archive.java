package io.agentos.runtime.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.HoldId;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.retention.Records.Old;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records of a tenant, the rules and holds on them, and sweeps. */
final class Archive implements AutoCloseable {
  final TestStore store = new TestStore();

  final Holds holds = new Holds(store.database(), store.vault(), store.keys(), store.audit());

  final Retention retention = new Retention(store.database(), store.audit());
  final Records records = newRecords();

  void terminate(Statement statement) {
    try {
      statement.execute(
          "select pg_terminate_backend(pid) from pg_locks l join pg_class c on c.oid = l.relation"
              + " where c.relname = 'payload' and l.mode = 'ShareRowExclusiveLock'");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  Records newRecords() {
    try {
      return new Records(store);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  Old old(int endedDaysAgo) {
    Old old = new Old(TestStore.ACME, endedDaysAgo);
    records.task(old);
    return old;
  }

  void sweep() {
    Pruner pruner = retention.pruner();
    for (int pass = 0; pass < 2; pass++) {
      records.due();
      while (pruner.turn().isPresent()) {
        // Until no tenant is due.
      }
    }
  }

  HoldId place(HoldScope scope, String target) {
    Hold hold =
        store
            .database()
            .inTenant(
                TestStore.ACME,
                tx ->
                    holds.place(
                        tx, TestStore.ACME, new Hold.Order(scope, target, "because", "key:admin")));
    return HoldId.parse(hold.id());
  }

  void release(HoldId hold) {
    store
        .database()
        .inTenant(
            TestStore.ACME, tx -> holds.release(tx, TestStore.ACME, hold, "settled", "key:admin"));
  }

  @Nullable HoldId covers(Hold.Thing thing) {
    return store
        .database()
        .inTenant(TestStore.ACME, tx -> holds.covers(tx, TestStore.ACME, thing))
        .orElse(null);
  }

  void set(Map<String, @Nullable Integer> rules) {
    store
        .database()
        .inTenant(TestStore.ACME, tx -> retention.set(tx, TestStore.ACME, rules, "key:admin"));
  }

  List<Audit.Stored> pruned() {
    return store
        .audit()
        .list(
            store.database(),
            TestStore.ACME,
            new Audit.Filter("retention.pruned", null, "tasks", Long.MAX_VALUE),
            10);
  }

  static Map<String, @Nullable Integer> rules(String kind, @Nullable Integer days) {
    Map<String, @Nullable Integer> rules = new LinkedHashMap<>();
    rules.put(kind, days);
    return rules;
  }

  @Override
  public void close() {
    assertThat(store.audit().verify(store.database(), TestStore.ACME).problem()).isEmpty();
    try (store;
        records) {
      // Both are done with.
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
