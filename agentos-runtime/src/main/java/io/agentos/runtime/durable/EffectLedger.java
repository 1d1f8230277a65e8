package io.agentos.runtime.durable;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.KillSwitchId;
import io.agentos.api.StepKey;
import io.agentos.api.TaskState.WaitReason;
import io.agentos.api.ToolSpec;
import io.agentos.api.Usage;
import io.agentos.runtime.durable.RunControl.Stop;
import io.agentos.runtime.durable.TaskJournal.Place;
import io.agentos.runtime.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of one task's effects: INTENT commits before the call; COMMITTED, FAILED, UNKNOWN or
 * DISCARDED after it.
 *
 * <p>Not thread-safe.
 */
final class EffectLedger {
  private final Claim claim;
  private final TaskJournal journal;
  private final RunControl control;
  private Usage lost = Usage.NONE;

  EffectLedger(Claim claim, TaskJournal journal, RunControl control) {
    this.claim = claim;
    this.journal = journal;
    this.control = control;
  }

  /** What an effect gave, what it used and how long it took. */
  record Outcome<T>(T value, Usage usage, Duration busy) {}

  /**
   * How an attempt failed; {@code retryAt} is null when there will be no other, {@code usage} when
   * it used nothing; {@code begun} is false when the call was never made.
   */
  record Failure(
      ErrorCode code,
      String detail,
      @Nullable Instant retryAt,
      @Nullable Usage usage,
      @Nullable Boolean begun) {
    Failure(ErrorCode code, String detail, @Nullable Instant retryAt) {
      this(code, detail, retryAt, null, null);
    }
  }

  /** What failed attempts used since this was asked last. */
  Usage takeLost() {
    Usage taken = lost;
    lost = Usage.NONE;
    return taken;
  }

  /** Runs the effect, or goes on where the last owner of the task left it. */
  <T> Outcome<T> run(
      Intent intent, StepKey key, Class<T> type, Optional<StepHistory> past, Effect<T> effect) {
    int attempts = past.map(StepHistory::attempts).orElse(0);
    Place before = new Place(key.position(), key.name(), attempts);
    Optional<Entry> last = past.flatMap(StepHistory::last);
    if (last.isPresent()) {
      Optional<Outcome<T>> known = resume(intent, type, before, last.get());
      if (known.isPresent()) {
        return known.get();
      }
    }
    Place place = new Place(key.position(), key.name(), attempts + 1);
    List<Integer> lost = past.map(StepHistory::lostAttempts).orElse(List.of());
    return attempt(intent, new StepRecord(key, claim.key(), place.attempt(), lost), place, effect);
  }

  /** Deals with the attempt before; empty when the effect is to be tried again. */
  private <T> Optional<Outcome<T>> resume(Intent intent, Class<T> type, Place place, Entry last) {
    switch (last.state()) {
      case INTENT -> journal.add(Entry.STEP_UNKNOWN, place, Entry.State.UNKNOWN, "");
      case FAILED -> {
        Failure failure = Json.read(last.body(), Failure.class);
        if (failure.retryAt() == null) {
          throw new AgentOsException(failure.code(), failure.detail());
        }
        if (claim.now().isBefore(failure.retryAt())) {
          throw journal.stillWaiting(WaitReason.TIMER, failure.retryAt());
        }
        return Optional.empty();
      }
      case UNKNOWN, DISCARDED -> {
        // Looked at below.
      }
      case COMMITTED -> throw new IllegalStateException("a committed step is replayed, not run");
      case null -> throw new IllegalStateException("an attempt has a state");
    }
    return intent.safety() == ToolSpec.Effect.ONCE ? reconciled(type, place) : Optional.empty();
  }

  /** What a person said of an effect nobody knows the end of; waits for it when nobody has. */
  private <T> Optional<Outcome<T>> reconciled(Class<T> type, Place place) {
    String signal = claim.signals().get(Reconciliation.signal(place.position(), place.attempt()));
    if (signal == null) {
      throw journal.waiting(WaitReason.RECONCILE, null, Place.NOWHERE);
    }
    if (!Json.readMember(signal, "happened", Boolean.class)) {
      return Optional.empty();
    }
    T value = Json.readMember(signal, "value", type);
    StepRecord step = new StepRecord(stepKey(place), claim.key(), place.attempt());
    journal.addCommitted(place, step, step.body(value));
    journal.flush();
    return Optional.of(new Outcome<>(value, Usage.NONE, Duration.ZERO));
  }

  private <T> Outcome<T> attempt(Intent intent, StepRecord step, Place place, Effect<T> effect) {
    Instant begun = begin(intent, step.key(), place);
    T value;
    try {
      value = control.run(intent.reach(), intent.timeout(), () -> effect.run(step));
    } catch (RunControl.NotBegun e) {
      throw notBegun(place, step, e.stop());
    } catch (AgentOsException e) {
      return failed(intent, place, step, e);
    } catch (RuntimeException | StackOverflowError e) {
      return unexplained(intent, place, step, e);
    }
    journal.addCommitted(place, step, step.body(value));
    Duration busy = Duration.between(begun, journal.lastAt());
    journal.sendOutcome(intent.reach());
    return new Outcome<>(value, step.usage(), busy);
  }

  /** Returns when the journal says that the attempt began. */
  private Instant begin(Intent intent, StepKey key, Place place) {
    stopIfAsked();
    Map<String, Object> body = new LinkedHashMap<>(intent.about());
    body.put("digest", intent.digest());
    body.put("key", key.idempotencyKey());
    body.put("effect", intent.safety().name().toLowerCase(Locale.ROOT));
    journal.add(Entry.STEP_INTENT, place, Entry.State.INTENT, Json.write(body));
    Instant begun = journal.lastAt();
    try {
      // A later attempt is the same effect under the same key: what it needed was used by the
      // first.
      journal.flushIntent(intent.reach(), place.attempt() == 1 ? intent.writes() : List.of());
    } catch (AgentOsException e) {
      throw refused(key, place, e);
    }
    if (journal.cancelled()) {
      fail(
          place,
          new StepRecord(key, claim.key(), place.attempt()),
          new Failure(ErrorCode.CANCELLED, "Cancelled before the call.", null));
      journal.flush();
      throw new Suspension(Suspension.Cause.CANCELLED);
    }
    return begun;
  }

  /** Remembers an intent that was refused, so that no replay finds it allowed. */
  private AgentOsException refused(StepKey key, Place place, AgentOsException failure) {
    if (failure.code() == ErrorCode.INTENT_REFUSED) {
      fail(
          place,
          new StepRecord(key, claim.key(), place.attempt()),
          new Failure(failure.code(), failure.detail(), null));
      journal.flush();
    }
    return failure;
  }

  private void stopIfAsked() {
    Stop stop = control.stopped();
    if (journal.cancelled() || stop == Stop.CANCEL) {
      journal.flush();
      throw new Suspension(Suspension.Cause.CANCELLED);
    }
    if (stop == Stop.DRAIN) {
      journal.flush();
      throw new Suspension(Suspension.Cause.RELEASED);
    }
    control.handled();
  }

  /** Records a failed attempt and throws what the program or the worker must know. */
  private <T> Outcome<T> failed(
      Intent intent, Place place, StepRecord step, AgentOsException failure) {
    Stop stop = control.interruptedBy();
    if (stop != null) {
      return interrupted(intent, place, step, stop);
    }
    if (failure.code().retriable() && place.attempt() < intent.attemptsMax()) {
      Instant retryAt = journal.now().plus(Backoff.pause(place.attempt(), failure.retryAfter()));
      fail(place, step, new Failure(failure.code(), failure.detail(), retryAt));
      throw journal.waiting(WaitReason.TIMER, retryAt, Place.NOWHERE);
    }
    fail(place, step, new Failure(failure.code(), failure.detail(), null));
    journal.flush();
    throw failure;
  }

  /** An effect that ended in a way it does not explain: whether it happened is not known. */
  private <T> Outcome<T> unexplained(Intent intent, Place place, StepRecord step, Throwable cause) {
    if (control.interruptedBy() == null && intent.safety() == ToolSpec.Effect.ONCE) {
      unknown(place, step);
      throw journal.waiting(WaitReason.RECONCILE, null, Place.NOWHERE);
    }
    return failed(
        intent,
        place,
        step,
        new AgentOsException(
            ErrorCode.TOOL_FAILED,
            "Step '%s' broke with %s, a defect of what it called."
                .formatted(place.name(), cause.getClass().getSimpleName()),
            cause));
  }

  private <T> Outcome<T> interrupted(Intent intent, Place place, StepRecord step, Stop stop) {
    unknown(place, step);
    if (stop != Stop.TIMEOUT) {
      throw stopped(stop);
    }
    control.handled();
    if (intent.safety() == ToolSpec.Effect.ONCE) {
      throw journal.waiting(WaitReason.RECONCILE, null, Place.NOWHERE);
    }
    if (place.attempt() < intent.attemptsMax()) {
      Instant retryAt = journal.now().plus(Backoff.pause(place.attempt(), Optional.empty()));
      throw journal.waiting(WaitReason.TIMER, retryAt, Place.NOWHERE);
    }
    AgentOsException late =
        new AgentOsException(
            ErrorCode.TOOL_UNAVAILABLE,
            "Step '%s' gave no answer within %s, %d times."
                .formatted(place.name(), intent.timeout(), place.attempt()));
    fail(
        place,
        new StepRecord(stepKey(place), claim.key(), place.attempt()),
        new Failure(late.code(), late.detail(), null));
    journal.flush();
    throw late;
  }

  /** A call that was stopped on its threshold: it was not made, and may be made later. */
  private Suspension notBegun(Place place, StepRecord step, Stop stop) {
    ErrorCode code = stop == Stop.KILL ? ErrorCode.KILLED : ErrorCode.CANCELLED;
    fail(place, step, new Failure(code, "Stopped before the call.", claim.now(), null, false));
    return stopped(stop);
  }

  private Suspension stopped(Stop stop) {
    KillSwitchId by = control.killedBy();
    control.handled();
    return switch (stop) {
      case CANCEL -> {
        journal.flush();
        yield new Suspension(Suspension.Cause.CANCELLED);
      }
      case DRAIN -> {
        journal.flush();
        yield new Suspension(Suspension.Cause.RELEASED);
      }
      case KILL -> journal.killed(Objects.requireNonNull(by));
      case TIMEOUT -> throw new IllegalStateException("a time-out is no stop");
    };
  }

  private void fail(Place place, StepRecord step, Failure failure) {
    Usage used = step.usage();
    lost = lost.plus(used);
    Failure told =
        used.equals(Usage.NONE)
            ? failure
            : new Failure(
                failure.code(), failure.detail(), failure.retryAt(), used, failure.begun());
    journal.addFailed(Entry.STEP_FAILED, place, Entry.State.FAILED, step, Json.write(told));
  }

  private void unknown(Place place, StepRecord step) {
    lost = lost.plus(step.usage());
    journal.addFailed(Entry.STEP_UNKNOWN, place, Entry.State.UNKNOWN, step, step.usedBody());
  }

  private StepKey stepKey(Place place) {
    return new StepKey(claim.ref().tenant(), claim.ref().task(), place.position(), place.name());
  }
}
