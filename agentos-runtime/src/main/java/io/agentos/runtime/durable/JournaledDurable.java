package io.agentos.runtime.durable;

import io.agentos.api.StepKey;
import io.agentos.api.TaskState.WaitReason;
import io.agentos.api.Usage;
import io.agentos.runtime.durable.TaskJournal.Place;
import io.agentos.runtime.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@link Durable} on a journal: what is remembered is replayed, what is not is run.
 *
 * <p>Not thread-safe.
 */
final class JournaledDurable implements Durable {
  private final Claim claim;
  private final TaskJournal journal;
  private final EffectLedger ledger;
  private final Map<Integer, StepHistory> history;
  private int position;
  private Usage usage = Usage.NONE;
  private Duration busy = Duration.ZERO;

  JournaledDurable(Claim claim, Journal journal, InstantSource clock, RunControl control) {
    this.claim = claim;
    this.journal = new TaskJournal(claim, journal, clock);
    this.ledger = new EffectLedger(claim, this.journal, control);
    this.history = StepHistory.of(claim.journal());
  }

  @Override
  public <T> T step(String name, Class<T> type, Effect<T> effect) {
    return once(name, type, effect, false);
  }

  @Override
  public <T> T transaction(String name, Class<T> type, Effect<T> work) {
    return once(name, type, work, true);
  }

  @Override
  public <T> T effect(Intent intent, Class<T> type, Effect<T> effect) {
    Place place = next(intent.name());
    StepHistory past = history.get(place.position());
    Optional<Entry> committed = past == null ? Optional.empty() : past.committed();
    if (past != null) {
      busy = busy.plus(past.busy());
      usage = usage.plus(past.lost());
    }
    if (committed.isPresent()) {
      return replayed(committed.get(), type);
    }
    try {
      EffectLedger.Outcome<T> outcome =
          ledger.run(intent, key(place), type, Optional.ofNullable(past), effect);
      usage = usage.plus(outcome.usage());
      busy = busy.plus(outcome.busy());
      return outcome.value();
    } finally {
      usage = usage.plus(ledger.takeLost());
    }
  }

  @Override
  public <T> Optional<T> await(String name, WaitReason reason, Class<T> type, Duration timeout) {
    Place place = next(name);
    StepHistory past = history.get(place.position());
    Optional<Entry> committed = past == null ? Optional.empty() : past.committed();
    if (committed.isPresent()) {
      return Optional.ofNullable(replayedOrNull(committed.get(), type));
    }
    String signal = claim.signals().get(name);
    StepRecord step = new StepRecord(key(place), claim.key(), 1);
    if (signal != null) {
      T value = Json.read(signal, type);
      journal.addCommitted(place, step, step.body(value));
      return Optional.of(value);
    }
    Optional<Entry> waiting = past == null ? Optional.empty() : past.waiting();
    if (waiting.isEmpty()) {
      throw journal.waiting(reason, journal.now().plus(timeout), place);
    }
    Instant due = Instant.parse(Json.readMember(waiting.get().body(), "due", String.class));
    if (claim.now().isBefore(due)) {
      throw journal.stillWaiting(reason, due);
    }
    journal.addCommitted(place, step, step.body(null));
    return Optional.empty();
  }

  @Override
  public Usage usage() {
    return usage;
  }

  @Override
  public Duration busy() {
    return busy;
  }

  /** Skips all that the journal remembers, for an ending that does not come from the program. */
  void skipToEnd() {
    position =
        Math.max(position, history.keySet().stream().mapToInt(Integer::intValue).max().orElse(0));
    usage =
        history.values().stream()
            .map(past ->
                past.committed().map(StepHistory::usageOf).orElse(Usage.NONE).plus(past.lost()))
            .reduce(Usage.NONE, Usage::plus);
  }

  /** Notes an event of the task, durable with the next flush. */
  void note(String type, String body) {
    journal.add(type, Place.NOWHERE, null, body);
  }

  private <T> T once(String name, Class<T> type, Effect<T> effect, boolean flush) {
    Place place = next(name);
    StepHistory past = history.get(place.position());
    Optional<Entry> committed = past == null ? Optional.empty() : past.committed();
    if (committed.isPresent()) {
      return replayed(committed.get(), type);
    }
    StepRecord step = new StepRecord(key(place), claim.key(), 1);
    T value = effect.run(step);
    journal.addCommitted(place, step, step.body(value));
    usage = usage.plus(step.usage());
    if (flush) {
      journal.flush();
    }
    return value;
  }

  private Place next(String name) {
    position++;
    StepHistory past = history.get(position);
    if (past != null) {
      past.mustBe(name);
    }
    return new Place(position, name, 1);
  }

  private StepKey key(Place place) {
    return new StepKey(claim.ref().tenant(), claim.ref().task(), place.position(), place.name());
  }

  private <T> T replayed(Entry entry, Class<T> type) {
    T value = replayedOrNull(entry, type);
    if (value == null) {
      throw new IllegalStateException("the journal holds no value for step " + entry.name());
    }
    return value;
  }

  private <T> @Nullable T replayedOrNull(Entry entry, Class<T> type) {
    usage = usage.plus(StepHistory.usageOf(entry));
    return Json.readMember(entry.body(), "value", type);
  }
}
