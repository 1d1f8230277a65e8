package io.agentos.runtime.models;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.api.ErrorCode;
import io.agentos.api.ModelRequest;
import io.agentos.api.StepKey;
import io.agentos.api.TaskId;
import io.agentos.api.TaskState.WaitReason;
import io.agentos.runtime.budgets.Budgets;
import io.agentos.runtime.catalogue.Catalogue;
import io.agentos.runtime.durable.Durable;
import io.agentos.runtime.policy.Policies;
import io.agentos.runtime.privacy.Concealed;
import io.agentos.runtime.privacy.Privacy;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.vault.DataKeys;
import io.agentos.spi.ModelListener;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sends a model call to the candidate that an agent's strategy puts first, and to the next when
 * that one fails. When all fail in passing it waits and goes round again, a few times. Choice and
 * calls are journaled, so that a finished call is never paid twice and each choice can be told.
 *
 * <p>Thread-safe.
 */
public final class ModelRouter {
  /** How often all candidates are asked. */
  static final int ROUNDS_MAX = 6;

  private final Candidates candidates;
  private final Health health;
  private final Chooser chooser;
  private final ModelCaller caller;
  private final ModelStep modelStep;
  private final ModelSpending spending;
  private final Privacy privacy;
  private final InstantSource clock;
  private final Map<String, String> missing;
  private final List<AgentId> agentsWithoutModel;

  /**
   * @param missing how to configure each provider that is not, by id, for people
   * @param agentsWithoutModel what a user without any provider can still run
   * @param budgets null where none are kept: then a task's own limit alone bounds what it spends
   * @param privacy what is kept back from every provider
   */
  public ModelRouter(
      List<ConfiguredProvider> providers,
      Map<String, String> missing,
      List<AgentId> agentsWithoutModel,
      Catalogue catalogue,
      Policies policy,
      Database database,
      DataKeys keys,
      @Nullable Budgets budgets,
      Privacy privacy,
      InstantSource clock) {
    this(
        providers,
        missing,
        agentsWithoutModel,
        catalogue,
        policy,
        new ResponseCache(database, keys),
        new PostgresWindows(database),
        budgets,
        privacy,
        clock);
  }

  ModelRouter(
      List<ConfiguredProvider> providers,
      Map<String, String> missing,
      List<AgentId> agentsWithoutModel,
      Catalogue catalogue,
      Policies policy,
      ResponseCache cache,
      Windows windows,
      @Nullable Budgets budgets,
      Privacy privacy,
      InstantSource clock) {
    this.candidates = new Candidates(providers, catalogue);
    this.health = new Health(clock);
    this.chooser = new Chooser(candidates, health, policy, clock);
    this.caller = new ModelCaller(health, new RateLimiter(windows, clock), clock);
    this.spending = new ModelSpending(budgets);
    this.modelStep = new ModelStep(candidates, caller, cache, spending, privacy, clock);
    this.privacy = privacy;
    this.clock = clock;
    this.missing = new TreeMap<>(missing);
    this.agentsWithoutModel = List.copyOf(agentsWithoutModel);
  }

  /** How a model has done of late on this node. */
  public record ModelHealth(String circuit, OptionalLong meanMillis) {}

  /** Whether one of the listed candidates is configured. */
  public boolean serves(List<String> listed) {
    return listed.stream().anyMatch(candidates::configured);
  }

  /** What to say to somebody whose agent no configured provider serves. */
  public String unavailable(AgentId agent, List<String> listed) {
    List<String> hints = new ArrayList<>();
    for (String candidate : listed) {
      String hint = missing.get(Candidates.providerOf(candidate));
      if (hint != null && !hints.contains(hint)) {
        hints.add(hint);
      }
    }
    String how = hints.isEmpty() ? "configure one of " + listed : String.join(", or ", hints);
    return "Agent %s needs a model and no provider of %s is configured: %s. Agents that need no model: %s."
        .formatted(
            agent,
            listed,
            how,
            String.join(", ", agentsWithoutModel.stream().map(AgentId::toString).toList()));
  }

  /** Why none of the listed candidates can be asked now, in a few words; empty when one can. */
  public Optional<String> hindrance(List<String> listed) {
    if (!serves(listed)) {
      return Optional.of("needs a model, and no provider of %s is configured".formatted(listed));
    }
    List<Candidate> found = candidates.find(listed, clock.instant()).candidates();
    boolean answers = found.stream().anyMatch(candidate -> health.rest(candidate).isZero());
    return found.isEmpty() || answers
        ? Optional.empty()
        : Optional.of("needs a model, and all of its models failed too often of late");
  }

  /** How the model of this provider has done of late on this node. */
  public ModelHealth health(String provider, String model) {
    String name = provider + "/" + model;
    return new ModelHealth(
        health.state(provider, name).name().toLowerCase(java.util.Locale.ROOT),
        health.meanMillis(name));
  }

  /**
   * The answer of the first candidate that gives one.
   *
   * @throws AgentOsException NO_MODEL when none can be asked; else what the last candidate failed
   *     with
   */
  public Completion complete(Durable durable, String name, ModelTask task) {
    Choice choice =
        durable.step(name + "/choice", Choice.class, step -> chooser.choose(step, task));
    List<String> order = new ArrayList<>(mustHave(choice, task));
    long spentBefore = durable.usage().costUsdMicros();
    int attempt = 0;
    for (int round = 1; ; round++) {
      AgentOsException last = null;
      Duration asked = Fallback.PAUSE_MAX;
      for (String candidate : List.copyOf(order)) {
        attempt++;
        boolean more = !candidate.equals(order.getLast());
        try {
          return durable.effect(
              modelStep.intent(stepName(name, attempt), task, candidate, choice.strategy()),
              Completion.class,
              step -> {
                long spent = durable.usage().costUsdMicros() - spentBefore;
                return modelStep.run(
                    step, task.having(task.costLeftMicros() - spent), candidate, more);
              });
        } catch (AgentOsException e) {
          if (!Fallback.may(e.code())) {
            throw e;
          }
          if (!e.code().retriable()) {
            order.remove(candidate);
          }
          last = e;
          asked = Fallback.shorter(asked, e.retryAfter());
        }
      }
      if (order.isEmpty() || round == ROUNDS_MAX) {
        throw last == null ? none(choice, task) : last;
      }
      durable.await(
          name + "/pause-" + round, WaitReason.TIMER, String.class, Fallback.pause(round, asked));
    }
  }

  /**
   * The answer of the first candidate that gives one, each asked once, for a caller that keeps no
   * journal: nothing is booked, and nothing is tried again after a crash.
   *
   * @throws AgentOsException as {@link #complete}
   */
  public Completion answer(StepKey key, ModelTask task, ModelListener listener) {
    Choice choice = chooser.choose(task);
    Optional<AgentOsException> last = Optional.empty();
    TaskId call = TaskId.next();
    int attempt = 0;
    for (String name : mustHave(choice, task)) {
      attempt++;
      Candidate candidate = candidates.named(name).orElseThrow();
      try {
        return direct(call, attempt, key, task, candidate, listener);
      } catch (AgentOsException e) {
        if (!Fallback.may(e.code())) {
          throw e;
        }
        last = Optional.of(e);
      }
    }
    throw last.orElseGet(() -> none(choice, task));
  }

  private Completion direct(
      TaskId call,
      int attempt,
      StepKey key,
      ModelTask task,
      Candidate candidate,
      ModelListener listener) {
    ModelRequest request =
        task.call(key, candidate.asked(), candidate.outputTokens(task.outputTokensMax()));
    Concealed concealed = privacy.conceal(task.agent().id(), request);
    ModelSpending.Paid paid =
        spending.pay(call, attempt, task, candidate, concealed.request(), clock.instant());
    boolean settled = false;
    try {
      ModelCaller.Called called =
          caller.call(candidate, concealed.within(paid.request().outputTokensMax()), listener);
      settled = true;
      paid.settle(called);
      return switch (called) {
        case ModelCaller.Called.Answered answered -> answered.completion();
        case ModelCaller.Called.Failed failed -> throw failed.failure();
      };
    } finally {
      if (!settled) {
        paid.settleAll();
      }
    }
  }

  private List<String> mustHave(Choice choice, ModelTask task) {
    if (choice.order().isEmpty()) {
      throw none(choice, task);
    }
    return choice.order();
  }

  private AgentOsException none(Choice choice, ModelTask task) {
    if (!serves(task.llm().models())) {
      return new AgentOsException(
          ErrorCode.NO_MODEL, unavailable(task.agent().id(), task.llm().models()));
    }
    List<String> reasons =
        choice.options().stream()
            .map(option -> option.candidate() + " (" + option.reason() + ")")
            .toList();
    return new AgentOsException(
        ErrorCode.NO_MODEL,
        "Agent %s needs a model and none of its candidates can be asked: %s."
            .formatted(task.agent().id(), String.join("; ", reasons)));
  }

  private static String stepName(String name, int attempt) {
    return attempt == 1 ? name : name + "-" + attempt;
  }
}
