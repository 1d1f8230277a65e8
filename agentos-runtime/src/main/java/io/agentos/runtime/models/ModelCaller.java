package io.agentos.runtime.models;

import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.api.ModelRequest;
import io.agentos.api.Tokens;
import io.agentos.runtime.catalogue.Capability;
import io.agentos.runtime.catalogue.Cost;
import io.agentos.runtime.catalogue.ServiceTier;
import io.agentos.runtime.privacy.Concealed;
import io.agentos.spi.ModelListener;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Makes one call of one candidate: asks circuit and limits, calls, and says what it cost.
 *
 * <p>Thread-safe.
 */
final class ModelCaller {
  /** Longer answers are streamed, so that one that stalls is noticed early. */
  static final int STREAM_ABOVE_TOKENS = 16_384;

  private static final Cost FREE = new Cost(0, 0, "");

  private final Health health;
  private final RateLimiter limiter;
  private final InstantSource clock;

  ModelCaller(Health health, RateLimiter limiter, InstantSource clock) {
    this.health = health;
    this.limiter = limiter;
    this.clock = clock;
  }

  /** What became of a call, and what it cost. */
  sealed interface Called {
    CallWatch watch();

    Tokens tokens();

    /** Whether the tokens are our estimate, for the provider did not count. */
    boolean estimated();

    Cost cost();

    record Answered(
        Completion completion, CallWatch watch, Tokens tokens, boolean estimated, Cost cost)
        implements Called {}

    /** The cost is not zero when the provider may charge the call all the same. */
    record Failed(
        AgentOsException failure, CallWatch watch, Tokens tokens, boolean estimated, Cost cost)
        implements Called {}
  }

  /**
   * Makes the call, of what may be sent alone. Blocks; an interrupt ends it at once, as a failure.
   */
  Called call(Candidate candidate, Concealed concealed, ModelListener listener) {
    ModelRequest request = concealed.request();
    Instant begun = clock.instant();
    Concealed.Revealing revealing = concealed.revealing(listener);
    CallWatch watch = new CallWatch(candidate, limiter, revealing);
    Health.Call call;
    try {
      call = health.begin(candidate);
    } catch (AgentOsException e) {
      return new Called.Failed(e, watch, Tokens.NONE, false, FREE);
    }
    boolean ended = false;
    try {
      limiter.take(candidate, PromptSize.tokens(request), request.outputTokensMax());
      Completion completion = concealed.reveal(ask(candidate, request, watch));
      revealing.end();
      call.answered(watch.took());
      ended = true;
      return answered(candidate, request, completion, watch, begun);
    } catch (AgentOsException e) {
      if (!Thread.currentThread().isInterrupted()) {
        call.failed(e.code(), e.retryAfter());
        ended = true;
      }
      return failed(candidate, request, e, watch, begun);
    } finally {
      if (!ended) {
        call.gaveUp();
      }
    }
  }

  private static Completion ask(Candidate candidate, ModelRequest request, CallWatch watch) {
    boolean stream =
        candidate.can(Capability.STREAMING)
            && (request.outputTokensMax() > STREAM_ABOVE_TOKENS
                || request.options().effort() != null);
    return stream
        ? candidate.provider().stream(request, watch)
        : candidate.provider().complete(request, watch);
  }

  private static Called answered(
      Candidate candidate,
      ModelRequest request,
      Completion completion,
      CallWatch watch,
      Instant begun) {
    Tokens counted = completion.tokens();
    Tokens tokens = counted == null ? estimate(request, answerTokens(completion)) : counted;
    Cost cost = candidate.model().price().cost(tokens, begun, ServiceTier.STANDARD);
    return new Called.Answered(completion, watch, tokens, counted == null, cost);
  }

  private static Called failed(
      Candidate candidate,
      ModelRequest request,
      AgentOsException failure,
      CallWatch watch,
      Instant begun) {
    if (!watch.unsettled()) {
      return new Called.Failed(failure, watch, Tokens.NONE, false, FREE);
    }
    Tokens tokens = unsettled(request, watch.seen(), watch.streamedTokens());
    Cost cost = candidate.model().price().cost(tokens, begun, ServiceTier.STANDARD);
    return new Called.Failed(failure, watch, tokens, true, cost);
  }

  /** What a call that broke off may be charged: what was counted, or what can be known of it. */
  private static Tokens unsettled(ModelRequest request, @Nullable Tokens seen, long streamed) {
    if (seen == null) {
      return estimate(request, streamed);
    }
    return streamed <= seen.output()
        ? seen
        : new Tokens(
            seen.input(),
            seen.cacheRead(),
            seen.cacheWrite(),
            seen.cacheWriteHour(),
            streamed,
            seen.reasoning());
  }

  private static Tokens estimate(ModelRequest request, long outputTokens) {
    return Tokens.of(
        Math.min(Tokens.MAX, PromptSize.tokens(request)), Math.min(Tokens.MAX, outputTokens));
  }

  private static long answerTokens(Completion completion) {
    return PromptSize.tokens("", java.util.List.of(completion.message()), java.util.List.of());
  }
}
