package io.agentos.runtime.durable;

import io.agentos.api.AgentOsException;
import io.agentos.api.AuditEntry;
import io.agentos.api.ErrorCode;
import io.agentos.api.KillSwitchId;
import io.agentos.api.TaskState.WaitReason;
import io.agentos.runtime.durable.Journal.Receipt;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.killswitch.KillSwitch;
import io.agentos.runtime.killswitch.Reach;
import io.agentos.runtime.store.Tx;
import io.agentos.runtime.store.Write;
import io.agentos.runtime.vault.StoredBody;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pen of one running task: lines are collected, and become durable together at the next flush.
 *
 * <p>Not thread-safe.
 */
final class TaskJournal {
  private static final String KILLED = "{\"reason\":\"killed\"}";

  private final Claim claim;
  private final Journal journal;
  private final InstantSource clock;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Write> writes = new ArrayList<>();
  private final List<AuditEntry> audits = new ArrayList<>();
  private Journal.@Nullable Ticket outcome;
  private int seq;
  private boolean cancelled;

  TaskJournal(Claim claim, Journal journal, InstantSource clock) {
    this.claim = claim;
    this.journal = journal;
    this.clock = clock;
    this.seq = claim.journal().isEmpty() ? 0 : claim.journal().getLast().seq();
    this.cancelled = claim.cancelReason() != null;
  }

  /** The place a line has in the program; {@link #NOWHERE} for an event of the task. */
  record Place(int position, String name, int attempt) {
    static final Place NOWHERE = new Place(0, "", 0);
  }

  /** Now, as the journal writes it. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** When the last line that was added says it was written. */
  Instant lastAt() {
    return entries.getLast().at();
  }

  /** Adds a line. */
  void add(String type, Place place, Entry.@Nullable State state, String body) {
    entries.add(
        new Entry(
            ++seq, type, place.position(), place.name(), state, place.attempt(), now(), body));
  }

  /** Adds the outcome of a step together with all that shall commit with it. */
  void addCommitted(Place place, StepRecord step, String body) {
    step.events().forEach(event -> add(event.type(), Place.NOWHERE, null, event.body()));
    add(Entry.STEP_COMMITTED, place, Entry.State.COMMITTED, body);
    writes.addAll(step.writes());
    audits.addAll(step.audits());
  }

  /** Adds the outcome of an attempt that gave no result, with what it cost all the same. */
  void addFailed(String type, Place place, Entry.State state, StepRecord step, String body) {
    step.events().forEach(event -> add(event.type(), Place.NOWHERE, null, event.body()));
    add(type, place, state, body);
    writes.addAll(step.booked());
    audits.addAll(step.audits());
  }

  /** Adds a write to the next flush. */
  void add(Write write) {
    writes.add(write);
  }

  /** Whether someone has cancelled the task, as far as the last flush saw. */
  boolean cancelled() {
    return cancelled;
  }

  /** Makes all lines durable whatever kill switches say. */
  void flush() {
    if (!entries.isEmpty()) {
      write(Reach.ofTask(claim.ref().tenant(), claim.ref().task()), false);
    } else {
      settle();
    }
  }

  /**
   * Sends the outcome of an effect, the last line, on its way without waiting for the disk: the
   * task's next batch waits for both. Under a kill switch on {@code reach} it is stored as
   * discarded, and that next batch is refused.
   */
  void sendOutcome(Reach reach) {
    settle();
    outcome = journal.send(take(reach, true), null);
  }

  /**
   * Makes an intent, the last line, and all before it durable together with what it needs, unless a
   * kill switch covers {@code reach}: then the intent is taken back and the task put away.
   *
   * @throws AgentOsException INTENT_REFUSED when a condition of {@code needs} fails: the intent is
   *     taken back, and what came before it is still to be written
   */
  void flushIntent(Reach reach, List<Write> needs) {
    int last = seq - 1;
    List<Entry> before = List.copyOf(entries.subList(0, entries.size() - 1));
    List<Write> kept = List.copyOf(writes);
    List<AuditEntry> told = List.copyOf(audits);
    writes.addAll(needs);
    Optional<KillSwitch> killed;
    try {
      killed = write(reach, true);
    } catch (AgentOsException e) {
      if (e.getCause() instanceof Tx.UnexpectedRows failed && failed.isOf(needs)) {
        takeBack(last, before, kept, told);
        throw new AgentOsException(ErrorCode.INTENT_REFUSED, e.detail(), e);
      }
      throw e;
    }
    if (killed.isPresent()) {
      takeBack(last, before, kept, told);
      throw killed(killed.get().id());
    }
  }

  /** Has again to write what came before an intent that was not stored. */
  private void takeBack(int last, List<Entry> before, List<Write> kept, List<AuditEntry> told) {
    entries.addAll(before);
    writes.addAll(kept);
    audits.addAll(told);
    seq = last;
  }

  /** Puts the task away until it is signalled or {@code due}, and returns what to throw. */
  Suspension waiting(WaitReason reason, @Nullable Instant due, Place place) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("reason", reason.text());
    if (due != null) {
      body.put("due", due.toString());
    }
    add(Entry.TASK_WAITING, place, null, Json.write(body));
    return put(reason, null, due);
  }

  /** The same for a wait that the journal has seen already. */
  Suspension stillWaiting(WaitReason reason, @Nullable Instant due) {
    add(Entry.TASK_WAITING, Place.NOWHERE, null, Json.write(Map.of("reason", reason.text())));
    return put(reason, null, due);
  }

  /** Puts the task away until the kill switch is released, and returns what to throw. */
  Suspension killed(KillSwitchId by) {
    add(Entry.TASK_WAITING, Place.NOWHERE, null, KILLED);
    return put(WaitReason.KILLED, by, null);
  }

  private Suspension put(
      WaitReason reason, @Nullable KillSwitchId killedBy, @Nullable Instant due) {
    writes.add(
        Write.one(
            JournalSql.WAIT,
            reason.text(),
            killedBy == null ? null : killedBy.value(),
            due,
            claim.signalsSeen(),
            claim.ref().tenant().value(),
            claim.ref().task().value(),
            claim.epoch()));
    flush();
    return new Suspension(Suspension.Cause.WAITING);
  }

  /** Waits for an outcome that is still on its way; puts the task away when it was discarded. */
  private void settle() {
    Journal.Ticket before = outcome;
    outcome = null;
    if (before == null) {
      return;
    }
    cancelled |=
        switch (before.await()) {
          case Receipt.Stored(boolean cancel) -> cancel;
          case Receipt.Killed(KillSwitch by) -> throw killed(by.id());
          case Receipt.Fenced _, Receipt.Refused _ -> throw new Suspension(Suspension.Cause.FENCED);
        };
  }

  private Journal.Batch take(Reach reach, boolean checked) {
    List<StoredBody> bodies =
        entries.stream()
            .map(entry -> StoredBody.seal(claim.key(), entry.seq(), entry.body()))
            .toList();
    Journal.Batch batch =
        new Journal.Batch(
            claim.ref(), claim.epoch(), reach, checked, entries, bodies, writes, audits);
    entries.clear();
    writes.clear();
    audits.clear();
    return batch;
  }

  /** The kill switch that covers what was to be written; empty when it is stored. */
  private Optional<KillSwitch> write(Reach reach, boolean checked) {
    Journal.Batch batch = take(reach, checked);
    int first = batch.entries().getFirst().seq();
    Journal.Ticket ticket = journal.send(batch, outcome);
    try {
      Receipt receipt = ticket.await();
      if (receipt instanceof Receipt.Refused) {
        seq = first - 1;
      }
      settle();
      return switch (receipt) {
        case Receipt.Stored(boolean cancel) -> {
          cancelled |= cancel;
          yield Optional.empty();
        }
        case Receipt.Killed(KillSwitch by) -> Optional.of(by);
        case Receipt.Fenced _, Receipt.Refused _ -> throw new Suspension(Suspension.Cause.FENCED);
      };
    } catch (Tx.UnexpectedRows e) {
      seq = first - 1;
      throw new AgentOsException(
          ErrorCode.CONFLICT,
          "What step '%s' relied on no longer holds, such as an approval that was used or has expired."
              .formatted(batch.entries().getLast().name()),
          e);
    }
  }
}
