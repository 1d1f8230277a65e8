package io.agentos.runtime.models;

import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.api.ErrorCode;
import io.agentos.api.ModelRequest;
import io.agentos.api.ToolSpec;
import io.agentos.runtime.durable.Intent;
import io.agentos.runtime.durable.Step;
import io.agentos.runtime.json.CanonicalJson;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.killswitch.Reach;
import io.agentos.runtime.privacy.Concealed;
import io.agentos.runtime.privacy.Privacy;
import io.agentos.spi.ModelListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One call of one candidate as a step of a task: what it is about to do, and what it tells, books
 * and keeps of it.
 *
 * <p>Thread-safe.
 */
final class ModelStep {
  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  private final Candidates candidates;
  private final ModelCaller caller;
  private final ResponseCache cache;
  private final ModelSpending spending;
  private final Privacy privacy;
  private final InstantSource clock;

  ModelStep(
      Candidates candidates,
      ModelCaller caller,
      ResponseCache cache,
      ModelSpending spending,
      Privacy privacy,
      InstantSource clock) {
    this.candidates = candidates;
    this.caller = caller;
    this.cache = cache;
    this.spending = spending;
    this.privacy = privacy;
    this.clock = clock;
  }

  /** What is about to be done. The router itself tries again, so the ledger does not. */
  Intent intent(String name, ModelTask task, String candidate, String strategy) {
    String provider = Candidates.providerOf(candidate);
    String model = candidate.substring(provider.length() + 1);
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("kind", "model");
    about.put("provider", provider);
    about.put("model", model);
    about.put("strategy", strategy);
    about.put("messages", task.messages().size());
    about.put("system_sha256", CanonicalJson.sha256(task.llm().system()));
    return new Intent(
        name,
        ToolSpec.Effect.READ_ONLY,
        Reach.of(task.request()).ofAgent(task.agent().id()).withModel(provider, model),
        digest(task, candidate),
        about,
        List.of(),
        TIMEOUT,
        1);
  }

  /**
   * Makes the call.
   *
   * @param more whether another candidate follows should this one fail
   */
  Completion run(Step step, ModelTask task, String name, boolean more) {
    Candidate candidate =
        candidates
            .named(name)
            .orElseThrow(() ->
                new AgentOsException(
                    ErrorCode.PROVIDER_UNAVAILABLE,
                    "Model %s was chosen and is no longer configured.".formatted(name)));
    ModelRequest request =
        task.call(step.key(), candidate.asked(), candidate.outputTokens(task.outputTokensMax()));
    Instant now = clock.instant();
    Concealed concealed = privacy.conceal(task.agent().id(), request);
    ModelBill bill = new ModelBill(step, task, candidate, concealed.request(), now);
    ModelTask left = task.having(task.costLeftMicros() - bill.lostAttempts());
    Supplier<ModelSpending.Paid> pay =
        () -> spending.pay(step, left, candidate, concealed.request(), now);
    Duration keep = task.llm().generation().responseCache();
    if (keep == null) {
      return called(candidate, concealed, pay.get(), bill, more);
    }
    ResponseCache.Key key = ResponseCache.Key.of(candidate, request);
    ResponseCache.Shelf shelf = cache.find(key);
    Optional<Completion> known = shelf.answer();
    if (known.isPresent()) {
      bill.cached(known.get());
      return known.get();
    }
    Completion completion = called(candidate, concealed, pay.get(), bill, more);
    if (completion.stopReason() == Completion.StopReason.END
        || completion.stopReason() == Completion.StopReason.TOOL_CALLS) {
      ResponseCache.keep(step, shelf, completion, keep);
    }
    return completion;
  }

  private Completion called(
      Candidate candidate,
      Concealed concealed,
      ModelSpending.Paid paid,
      ModelBill bill,
      boolean more) {
    ModelCaller.Called called = paidCall(candidate, concealed, paid);
    bill.redacted(concealed.counts());
    return switch (called) {
      case ModelCaller.Called.Answered answered -> {
        bill.answered(answered);
        yield answered.completion();
      }
      case ModelCaller.Called.Failed failed -> {
        bill.failed(failed, more);
        throw failed.failure();
      }
    };
  }

  /** A call that breaks off by a defect of ours may have been charged. */
  private ModelCaller.Called paidCall(
      Candidate candidate, Concealed concealed, ModelSpending.Paid paid) {
    ModelCaller.Called called;
    try {
      called =
          caller.call(
              candidate, concealed.within(paid.request().outputTokensMax()), ModelListener.NONE);
    } catch (RuntimeException | StackOverflowError e) {
      paid.settleAll();
      throw e;
    }
    paid.settle(called);
    return called;
  }

  private static String digest(ModelTask task, String candidate) {
    Map<String, Object> call = new LinkedHashMap<>();
    call.put("candidate", candidate);
    call.put("system", task.llm().system());
    call.put("messages", Json.write(task.messages()));
    call.put("tools", task.tools().stream().map(ToolSpec::name).toList());
    call.put("generation", Json.write(task.llm().generation()));
    call.put("output_tokens_max", task.outputTokensMax());
    return CanonicalJson.digest(call);
  }
}
