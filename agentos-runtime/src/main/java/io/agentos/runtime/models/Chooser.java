package io.agentos.runtime.models;

import io.agentos.api.Effort;
import io.agentos.api.Message;
import io.agentos.api.Tokens;
import io.agentos.runtime.catalogue.Capability;
import io.agentos.runtime.catalogue.Cost;
import io.agentos.runtime.catalogue.ServiceTier;
import io.agentos.runtime.definitions.Routing;
import io.agentos.runtime.durable.Step;
import io.agentos.runtime.policy.ModelVerdict;
import io.agentos.runtime.policy.Policies;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * Decides in which order an agent's candidates are asked: those that can do it and may, by the
 * agent's strategy, resting ones last.
 *
 * <p>Thread-safe.
 */
final class Chooser {
  /** How long an answer is taken to be when costs are compared. */
  private static final int ANSWER_TOKENS = 1_000;

  private final Candidates candidates;
  private final Health health;
  private final Policies policy;
  private final InstantSource clock;

  Chooser(Candidates candidates, Health health, Policies policy, InstantSource clock) {
    this.candidates = candidates;
    this.health = health;
    this.policy = policy;
    this.clock = clock;
  }

  /** A candidate with its place in the strategy's order: the lowest is asked first. */
  private record Ranked(Candidate candidate, double rank, String reason, Duration rest) {}

  /** For a caller that keeps no journal. */
  Choice choose(ModelTask task) {
    return choose(task, (candidate, _) -> policy.model(task.request(), task.agent(), candidate));
  }

  /** In a step, with which each word of the policies is recorded. */
  Choice choose(Step step, ModelTask task) {
    return choose(
        task,
        (candidate, ordinal) ->
            policy.model(step, ordinal, task.request(), task.agent(), candidate, task.progress()));
  }

  /** What the policies say to a candidate, the candidates counted from 0. */
  private interface Word {
    ModelVerdict on(String candidate, int ordinal);
  }

  private Choice choose(ModelTask task, Word word) {
    Instant now = clock.instant();
    Candidates.Found found = candidates.find(task.llm().models(), now);
    long prompt = PromptSize.tokens(task.llm().system(), task.messages(), task.tools());
    Map<String, String> unusable = new LinkedHashMap<>();
    List<Ranked> ranked = new ArrayList<>();
    int asked = 0;
    for (Candidate candidate : found.candidates()) {
      Optional<String> why = unfit(candidate, task, prompt, word.on(candidate.name(), asked++));
      if (why.isPresent()) {
        unusable.put(candidate.name(), why.get());
      } else {
        ranked.add(rank(candidate, task, prompt, ranked.size(), now));
      }
    }
    unusable.putAll(found.unusable());
    ranked.sort(
        Comparator.<Ranked>comparingInt(each -> each.rest().isPositive() ? 1 : 0)
            .thenComparingDouble(Ranked::rank));
    return choice(task.llm().routing().strategy(), ranked, unusable);
  }

  private static Choice choice(
      Routing.Strategy strategy, List<Ranked> ranked, Map<String, String> unusable) {
    List<Choice.Option> options = new ArrayList<>();
    for (Ranked each : ranked) {
      String reason =
          each.rest().isPositive()
              ? "%s; rests for %s".formatted(each.reason(), each.rest())
              : each.reason();
      options.add(new Choice.Option(each.candidate().name(), true, reason));
    }
    unusable.forEach((name, why) -> options.add(new Choice.Option(name, false, why)));
    return new Choice(strategy.name().toLowerCase(Locale.ROOT), options);
  }

  /** Why a candidate cannot or may not do it; empty when it can and may. */
  private static Optional<String> unfit(
      Candidate candidate, ModelTask task, long prompt, ModelVerdict verdict) {
    if (verdict instanceof ModelVerdict.Forbid(String rule, String reason)) {
      return Optional.of("forbidden by rule %s: %s".formatted(rule, reason));
    }
    if (!task.tools().isEmpty() && !candidate.can(Capability.TOOLS)) {
      return Optional.of("cannot call tools");
    }
    if (hasImages(task) && !candidate.can(Capability.VISION)) {
      return Optional.of("cannot see pictures");
    }
    Effort effort = task.llm().generation().effort();
    if (effort != null && effort != Effort.NONE && !candidate.can(Capability.REASONING)) {
      return Optional.of("cannot reason, and the agent asks for effort");
    }
    long context = candidate.model().contextTokens();
    if (context > 0 && prompt > context) {
      return Optional.of("the prompt has about %d tokens; it takes %d".formatted(prompt, context));
    }
    return Optional.empty();
  }

  private static boolean hasImages(ModelTask task) {
    return task.messages().stream()
        .anyMatch(message -> message instanceof Message.User user && !user.images().isEmpty());
  }

  private Ranked rank(Candidate candidate, ModelTask task, long prompt, int place, Instant now) {
    Duration rest = health.rest(candidate);
    return switch (task.llm().routing().strategy()) {
      case PINNED -> new Ranked(candidate, place, "listed as number " + (place + 1), rest);
      case CHEAPEST -> {
        int output = Math.min(ANSWER_TOKENS, candidate.outputTokens(task.outputTokensMax()));
        Cost cost =
            candidate.model().price().cost(Tokens.of(prompt, output), now, ServiceTier.STANDARD);
        yield new Ranked(
            candidate, cost.picos(), "costs about %d micro-USD".formatted(cost.micros()), rest);
      }
      case FASTEST -> {
        OptionalLong mean = health.meanMillis(candidate.name());
        yield mean.isPresent()
            ? new Ranked(
                candidate, mean.getAsLong(), "answers in %d ms".formatted(mean.getAsLong()), rest)
            : new Ranked(
                candidate,
                expectedMillis(candidate),
                "not measured yet, said to be " + candidate.model().speed().text(),
                rest);
      }
      case BEST ->
          new Ranked(
              candidate,
              -candidate.model().quality(),
              "has quality %d".formatted(candidate.model().quality()),
              rest);
      case WEIGHTED -> weighted(candidate, task, rest);
    };
  }

  private static double expectedMillis(Candidate candidate) {
    return switch (candidate.model().speed()) {
      case FAST -> 1_500;
      case MEDIUM -> 5_000;
      case SLOW -> 15_000;
    };
  }

  /** Each task draws once for each candidate, so that shares hold and a task keeps its lot. */
  private static Ranked weighted(Candidate candidate, ModelTask task, Duration rest) {
    int weight = task.llm().routing().weights().getOrDefault(candidate.listed(), 0);
    long seed =
        task.request().task().value().getMostSignificantBits()
            ^ Long.rotateLeft(task.request().task().value().getLeastSignificantBits(), 17)
            ^ ((long) candidate.name().hashCode() << 20);
    double draw = new SplittableRandom(seed).nextDouble(Double.MIN_NORMAL, 1);
    double rank = weight == 0 ? Double.MAX_VALUE : -Math.log(draw) / weight;
    return new Ranked(candidate, rank, "drawn with weight %d".formatted(weight), rest);
  }
}
