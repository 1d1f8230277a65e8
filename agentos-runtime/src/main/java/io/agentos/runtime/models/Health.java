package io.agentos.runtime.models;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How each candidate has done of late on this node: a circuit for each model, one for each
 * provider's account, and how long good answers took.
 *
 * <p>Thread-safe. Holds as many entries as agents can name models.
 */
final class Health {
  /** How long nothing is asked of a provider that refused the key or has no credit. */
  static final Duration ACCOUNT_REST = Duration.ofMinutes(1);

  /** How long a limited model rests when its provider does not say. */
  static final Duration LIMITED_REST = Duration.ofSeconds(5);

  private final InstantSource clock;
  private final Map<String, Circuit> models = new ConcurrentHashMap<>();
  private final Map<String, Circuit> accounts = new ConcurrentHashMap<>();
  private final Map<String, Latency> latencies = new ConcurrentHashMap<>();

  Health(InstantSource clock) {
    this.clock = clock;
  }

  /** How long the model must still rest; zero when it may be asked. */
  Duration rest(Candidate candidate) {
    Instant now = clock.instant();
    Duration account = account(candidate).wait(now);
    Duration model = model(candidate.name()).wait(now);
    return account.compareTo(model) > 0 ? account : model;
  }

  /** The worse of the circuits of a model and of its provider's account. */
  Circuit.State state(String provider, String name) {
    Instant now = clock.instant();
    Circuit account = accounts.get(provider);
    Circuit model = models.get(name);
    Circuit.State first = account == null ? Circuit.State.CLOSED : account.state(now);
    Circuit.State second = model == null ? Circuit.State.CLOSED : model.state(now);
    return first == Circuit.State.OPEN || second == Circuit.State.CLOSED ? first : second;
  }

  /**
   * Asks to call the candidate.
   *
   * @throws AgentOsException PROVIDER_UNAVAILABLE with the time to wait, when a circuit is open
   */
  Call begin(Candidate candidate) {
    Instant now = clock.instant();
    Circuit.Permit account = account(candidate).admit(now);
    Circuit.Permit model =
        account == Circuit.Permit.NONE ? Circuit.Permit.NONE : model(candidate.name()).admit(now);
    if (model == Circuit.Permit.NONE) {
      account(candidate).gaveUp(account);
      Duration rest = rest(candidate);
      throw AgentOsException.retryAfter(
          ErrorCode.PROVIDER_UNAVAILABLE,
          "Model %s is not asked for %s: it failed too often of late, or its provider asked to wait."
              .formatted(candidate.name(), rest),
          rest.isZero() ? Circuit.PROBE_EVERY : rest);
    }
    return new Call(candidate, account, model);
  }

  /** The mean time of good answers, newer ones counting more; empty before the first. */
  OptionalLong meanMillis(String name) {
    Latency latency = latencies.get(name);
    return latency == null ? OptionalLong.empty() : OptionalLong.of(latency.meanMillis());
  }

  private Circuit model(String name) {
    return models.computeIfAbsent(name, _ -> new Circuit());
  }

  private Circuit account(Candidate candidate) {
    return accounts.computeIfAbsent(candidate.provider().id(), _ -> new Circuit());
  }

  /** A call under way. */
  final class Call {
    private final Candidate candidate;
    private final Circuit.Permit account;
    private final Circuit.Permit model;

    private Call(Candidate candidate, Circuit.Permit account, Circuit.Permit model) {
      this.candidate = candidate;
      this.account = account;
      this.model = model;
    }

    void answered(Duration took) {
      Instant now = clock.instant();
      account(candidate).ended(account, true, now);
      model(candidate.name()).ended(model, true, now);
      latencies.computeIfAbsent(candidate.name(), _ -> new Latency()).add(took);
    }

    /** The call was given up from our side. */
    void gaveUp() {
      account(candidate).gaveUp(account);
      model(candidate.name()).gaveUp(model);
    }

    void failed(ErrorCode code, Optional<Duration> retryAfter) {
      Instant now = clock.instant();
      switch (code) {
        case PROVIDER_KEY, PROVIDER_CREDIT -> {
          account(candidate).ended(account, false, now);
          account(candidate).restUntil(now.plus(ACCOUNT_REST));
          model(candidate.name()).gaveUp(model);
        }
        case PROVIDER_LIMITED -> {
          account(candidate).ended(account, true, now);
          model(candidate.name()).gaveUp(model);
          model(candidate.name()).restUntil(now.plus(retryAfter.orElse(LIMITED_REST)));
        }
        case PROVIDER_REFUSED -> {
          // It works; the call was wrong.
          account(candidate).ended(account, true, now);
          model(candidate.name()).ended(model, true, now);
        }
        default -> {
          account(candidate).gaveUp(account);
          model(candidate.name()).ended(model, false, now);
        }
      }
    }
  }

  /** An exponentially weighted mean. */
  private static final class Latency {
    private static final int WEIGHT_OF_NEW = 8; // one part in eight
    private long meanMicros = -1;

    synchronized void add(Duration took) {
      long micros = took.toNanos() / 1_000;
      meanMicros = meanMicros < 0 ? micros : meanMicros + (micros - meanMicros) / WEIGHT_OF_NEW;
    }

    synchronized long meanMillis() {
      return meanMicros / 1_000;
    }
  }
}
