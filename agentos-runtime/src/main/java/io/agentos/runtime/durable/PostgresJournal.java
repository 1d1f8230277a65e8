package io.agentos.runtime.durable;

import io.agentos.api.AgentOsException;
import io.agentos.api.AuditEntry;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.durable.GroupCommit.Slot;
import io.agentos.runtime.killswitch.KillSwitch;
import io.agentos.runtime.killswitch.KillSwitches;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Row;
import io.agentos.runtime.store.Tx;
import io.agentos.runtime.store.Write;
import io.agentos.runtime.vault.StoredBody;
import io.agentos.runtime.vault.TaskKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The journal as rows of Postgres. Writes of many tasks share one transaction; each is fenced by
 * the node's row and by the task's epoch.
 *
 * <p>Thread-safe.
 */
public final class PostgresJournal implements Journal, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(PostgresJournal.class.getName());

  private final Database database;
  private final Audit audit;
  private final NodeIdentity node;
  private final TaskFeed feed;
  private final GroupCommit commits;

  public PostgresJournal(Database database, Audit audit, NodeIdentity node, TaskFeed feed) {
    this.database = database;
    this.audit = audit;
    this.node = node;
    this.feed = feed;
    this.commits = new GroupCommit(this::commit, this::isStored);
  }

  @Override
  public Map<TaskRef, List<Entry>> load(List<TaskKey> tasks) {
    Map<TaskRef, List<Line>> lines = new HashMap<>();
    database.inEngine(tx ->
        tx.query(
            JournalSql.LOAD,
            row -> lines.computeIfAbsent(ref(row), _ -> new ArrayList<>()).add(Line.of(row)),
            tasks.stream().map(task -> task.tenant().value()).toArray(String[]::new),
            tasks.stream().map(task -> task.task().value()).toArray(UUID[]::new)));
    Map<TaskRef, List<Entry>> journals = new HashMap<>();
    for (TaskKey key : tasks) {
      TaskRef ref = new TaskRef(key.tenant(), key.task());
      try {
        journals.put(
            ref, lines.getOrDefault(ref, List.of()).stream().map(line -> line.open(key)).toList());
      } catch (AgentOsException e) {
        LOG.log(System.Logger.Level.ERROR, "a journal does not open task=" + ref.task(), e);
      }
    }
    return journals;
  }

  /** A line as it is stored. */
  private record Line(Entry entry, StoredBody body) {
    static Line of(Row row) {
      return new Line(read(row), StoredBody.of(row));
    }

    Entry open(TaskKey key) {
      return entry.with(body.open(key, entry.seq(), entry.position()));
    }
  }

  @Override
  public Ticket send(Batch batch, @Nullable Ticket after) {
    return commits.send(batch, after);
  }

  @Override
  public void close() {
    commits.close();
  }

  /** Commits all slots in one transaction and says of each what became of it. */
  private void commit(List<Slot> slots) {
    Map<Slot, Receipt> receipts =
        database.inEngine(tx ->
            tx.queryOne(JournalSql.HOLD_NODE, row -> true, node.id()).isPresent()
                ? commit(tx, slots)
                : fenced(slots));
    receipts.forEach(Slot::done);
    slots.forEach(slot -> feed.publish(slot.batch().task().task()));
  }

  private Map<Slot, Receipt> commit(Tx tx, List<Slot> slots) {
    List<KillSwitch> active = KillSwitches.active(tx);
    Map<UUID, Boolean> owned = owned(tx, slots);
    Map<Slot, Receipt> receipts = new LinkedHashMap<>();
    Columns columns = new Columns();
    Map<String, List<Write>> writes = new LinkedHashMap<>();
    List<AuditEntry> audits = new ArrayList<>();
    for (Slot slot : slots) {
      Batch batch = slot.batch();
      if (!slot.mayFollow(receipts)) {
        receipts.put(slot, new Receipt.Refused());
        continue;
      }
      Boolean cancelled = owned.get(batch.task().task().value());
      if (cancelled == null) {
        receipts.put(slot, new Receipt.Fenced());
        continue;
      }
      Optional<KillSwitch> killed =
          batch.checked() ? KillSwitches.covering(active, batch.reach()) : Optional.empty();
      receipts.put(
          slot, killed.<Receipt>map(Receipt.Killed::new).orElse(new Receipt.Stored(cancelled)));
      if (killed.isPresent() && batch.entries().getLast().state() == Entry.State.INTENT) {
        continue;
      }
      killed.ifPresent(by -> audits.add(discarded(batch, by)));
      for (int i = 0; i < batch.entries().size(); i++) {
        Entry entry = batch.entries().get(i);
        boolean discard = killed.isPresent() && i == batch.entries().size() - 1;
        Entry told = discard ? entry.discarded() : entry;
        columns.add(batch.task(), batch.epoch(), told, batch.bodies().get(i));
      }
      audits.addAll(batch.audits());
      keep(batch, killed.isPresent(), writes);
    }
    columns.insert(tx);
    writes.forEach(tx::updateEach);
    audit.append(tx, audits);
    return receipts;
  }

  /** What a discarded outcome would have written is never acted on; what it cost is booked. */
  private static void keep(Batch batch, boolean killed, Map<String, List<Write>> writes) {
    batch.writes().stream()
        .filter(write -> write.kept() || !killed)
        .forEach(w -> writes.computeIfAbsent(w.sql(), _ -> new ArrayList<>()).add(w));
  }

  /** Work that came too late is paid, told, and never acted on. */
  private static AuditEntry discarded(Batch batch, KillSwitch by) {
    Entry outcome = batch.entries().getLast();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("step", outcome.name());
    facts.put("attempt", String.valueOf(outcome.attempt()));
    facts.put("kill_switch", by.id().toString());
    return new AuditEntry(
        batch.task().tenant(),
        Entry.STEP_DISCARDED,
        "system:kill",
        batch.task().task().toString(),
        facts);
  }

  private Map<UUID, Boolean> owned(Tx tx, List<Slot> slots) {
    Map<UUID, Boolean> owned = new HashMap<>();
    tx.query(
        JournalSql.OWNED,
        row -> owned.put(row.uuid("task_id"), row.flag("cancelled")),
        slots.stream().map(s -> s.batch().task().tenant().value()).toArray(String[]::new),
        slots.stream().map(s -> s.batch().task().task().value()).toArray(UUID[]::new),
        slots.stream().map(s -> s.batch().epoch()).toArray(Long[]::new),
        node.id());
    return owned;
  }

  private static Map<Slot, Receipt> fenced(List<Slot> slots) {
    Map<Slot, Receipt> receipts = new LinkedHashMap<>();
    slots.forEach(slot -> receipts.put(slot, new Receipt.Fenced()));
    return receipts;
  }

  /**
   * Whether a batch is there whose commit gave no answer. One that is there with another outcome
   * was discarded: its task must be claimed anew to see it.
   */
  private boolean isStored(Batch batch) {
    Entry last = batch.entries().getLast();
    Optional<String> state =
        database.inEngine(tx ->
            tx.queryOne(
                JournalSql.STORED,
                row -> row.text("state"),
                batch.task().tenant().value(),
                batch.task().task().value(),
                last.seq(),
                batch.epoch()));
    if (state.isPresent() && !state.get().equals(last.state() == null ? "" : last.state().text())) {
      throw new IllegalStateException("a batch was stored with another outcome than its writer's");
    }
    return state.isPresent();
  }

  private static TaskRef ref(Row row) {
    return new TaskRef(new TenantId(row.text("tenant_id")), new TaskId(row.uuid("task_id")));
  }

  private static Entry read(Row row) {
    String state = row.optionalText("state");
    String name = row.optionalText("name");
    return new Entry(
        row.number("seq"),
        row.text("type"),
        row.number("position"),
        name == null ? "" : name,
        state == null ? null : Entry.State.of(state),
        row.number("attempt"),
        row.instant("at"),
        "");
  }
}
