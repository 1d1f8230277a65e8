package io.agentos.runtime.models;

import io.agentos.api.AuditEntry;
import io.agentos.api.Completion;
import io.agentos.api.ErrorCode;
import io.agentos.api.ModelRequest;
import io.agentos.api.Tokens;
import io.agentos.runtime.catalogue.Cost;
import io.agentos.runtime.costs.CostLedger;
import io.agentos.runtime.costs.ModelCallRecord;
import io.agentos.runtime.costs.ModelCallRecord.Outcome;
import io.agentos.runtime.durable.Step;
import io.agentos.runtime.redaction.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt of a model call leaves behind: a line of the cost ledger, an audit entry and an
 * event, which commit with what becomes of the attempt.
 *
 * <p>Not thread-safe: one attempt, one bill.
 */
final class ModelBill {
  private final Step step;
  private final ModelTask task;
  private final Candidate candidate;
  private final ModelRequest request;
  private final Instant begun;

  ModelBill(Step step, ModelTask task, Candidate candidate, ModelRequest request, Instant begun) {
    this.step = step;
    this.task = task;
    this.candidate = candidate;
    this.request = request;
    this.begun = begun;
  }

  /**
   * Books attempts that died with their process at the most they can have cost: nobody knows
   * whether they were answered. What they held of the budgets is swept by itself.
   *
   * @return what they cost in all, in micros
   */
  long lostAttempts() {
    long lost = 0;
    for (int attempt : step.lostAttempts()) {
      Tokens tokens =
          Tokens.of(ModelSpending.promptTokensMax(candidate, request), request.outputTokensMax());
      Cost cost = ModelSpending.worstCase(candidate, request, begun);
      book(
          attempt,
          Outcome.UNSETTLED,
          tokens,
          true,
          cost,
          null,
          ErrorCode.PROVIDER_UNAVAILABLE,
          null);
      step.used(tokens.usage(cost.micros()));
      lost += cost.micros();
    }
    return lost;
  }

  /** Books an answer that cost nothing, for it was there already. */
  void cached(Completion completion) {
    Tokens tokens = completion.tokens() == null ? Tokens.NONE : completion.tokens();
    book(step.attempt(), Outcome.CACHED, tokens, false, new Cost(0, 0, ""), completion, null, null);
    Map<String, String> facts = facts(completion.model());
    facts.put("cached", "true");
    tell("model.called", facts);
  }

  /** Says how many values of each kind were kept back from the provider; of none, nothing. */
  void redacted(Counts counts) {
    if (!counts.isEmpty()) {
      Map<String, String> facts = facts(candidate.asked());
      counts.byName().forEach((kind, count) -> facts.put(kind, String.valueOf(count)));
      tell("pii.redacted", facts);
    }
  }

  /** Books an answer. */
  void answered(ModelCaller.Called.Answered answered) {
    Completion completion = answered.completion();
    book(
        step.attempt(),
        Outcome.ANSWERED,
        answered.tokens(),
        answered.estimated(),
        answered.cost(),
        completion,
        null,
        answered.watch());
    step.used(answered.tokens().usage(answered.cost().micros()));
    Map<String, String> facts = facts(completion.model());
    facts.put("stop_reason", completion.stopReason().name());
    count(facts, answered);
    tell("model.called", facts);
  }

  /** Books a failure, which may be charged all the same, and that another candidate follows. */
  void failed(ModelCaller.Called.Failed failed, boolean more) {
    boolean unsettled = failed.watch().unsettled();
    book(
        step.attempt(),
        unsettled ? Outcome.UNSETTLED : Outcome.FAILED,
        failed.tokens(),
        failed.estimated(),
        failed.cost(),
        null,
        failed.failure().code(),
        failed.watch());
    Map<String, String> facts = facts(candidate.asked());
    facts.put("code", failed.failure().code().name());
    if (unsettled) {
      step.used(failed.tokens().usage(failed.cost().micros()));
      count(facts, failed);
    }
    if (more) {
      tell("model.fallback", facts);
    }
  }

  private void book(
      int attempt,
      Outcome outcome,
      Tokens tokens,
      boolean estimated,
      Cost cost,
      @Nullable Completion completion,
      @Nullable ErrorCode code,
      @Nullable CallWatch watch) {
    step.book(
        CostLedger.write(
            new ModelCallRecord(
                step.key(),
                attempt,
                begun,
                task.agent().id(),
                candidate.provider().id(),
                candidate.asked(),
                completion == null ? null : completion.model(),
                outcome,
                code,
                tokens,
                estimated,
                cost.picos(),
                cost.price(),
                completion == null || completion.requestId().isEmpty()
                    ? null
                    : completion.requestId(),
                watch == null ? null : watch.firstToken(),
                watch == null ? Duration.ZERO : watch.took())));
  }

  private Map<String, String> facts(String answeredModel) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("provider", candidate.provider().id());
    facts.put("model", answeredModel);
    facts.put("step", step.key().name());
    return facts;
  }

  private static void count(Map<String, String> facts, ModelCaller.Called called) {
    facts.put("input_tokens", String.valueOf(called.tokens().input()));
    facts.put("output_tokens", String.valueOf(called.tokens().output()));
    facts.put("cost_usd_micros", String.valueOf(called.cost().micros()));
    if (called.estimated()) {
      facts.put("estimated", "true");
    }
  }

  private void tell(String type, Map<String, String> facts) {
    step.audit(
        new AuditEntry(
            step.key().tenant(),
            type,
            "agent:" + task.agent().id(),
            step.key().task().toString(),
            facts));
    step.event(type, new LinkedHashMap<>(facts));
  }
}
