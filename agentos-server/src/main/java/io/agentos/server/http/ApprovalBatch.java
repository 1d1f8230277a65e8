package io.agentos.server.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.ApprovalId;
import io.agentos.api.ErrorCode;
import io.agentos.runtime.approvals.Approvals;
import io.agentos.runtime.approvals.Approvals.Say;
import io.agentos.runtime.approvals.Voter;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.sessions.SecondFactors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Decides several approvals, each for itself: what becomes of one does not touch the others.
 *
 * <p>Thread-safe.
 */
final class ApprovalBatch {
  static final int ITEMS_MAX = 100;

  private static final int ID_LENGTH_MAX = 200;

  private final Approvals approvals;
  private final Idempotent idempotent;
  private final Codes codes;

  ApprovalBatch(Approvals approvals, Idempotent idempotent, Codes codes) {
    this.approvals = approvals;
    this.idempotent = idempotent;
    this.codes = codes;
  }

  /** One decision of a batch. */
  private record Item(String id, Say say) {}

  /**
   * What became of one decision.
   *
   * @param status as if it had been sent alone
   * @param approval as it is now; null when the decision was refused
   * @param problem why it was refused; null when it was not
   */
  record Result(String id, int status, @Nullable JsonNode approval, @Nullable Refusal problem) {}

  /** Why a decision was refused. */
  record Refusal(String code, String detail) {}

  /** What became of all of them, in their order. */
  record Results(List<Result> data) {}

  Answer decide(Call call) {
    Supplier<List<Item>> items = Idempotent.prepared(() -> items(call.body()));
    List<Item> asked = items.get();
    List<Result> results = new ArrayList<>();
    // One code is for all of a call.
    SecondFactors.Check check = codes.check(call);
    for (int i = 0; i < asked.size(); i++) {
      results.add(decide(call, i, asked.get(i), check));
    }
    boolean refused =
        results.stream()
            .anyMatch(each ->
                each.problem != null && each.problem.code.equals(ErrorCode.SECOND_FACTOR.name()));
    if (!refused) {
      check.passed();
    }
    return Answer.json(200, new Results(results));
  }

  /** Remembers of each approval of a batch that its caller may not decide. */
  void refused(Call call, AgentOsException refusal) {
    List<Item> asked;
    try {
      asked = items(call.body());
    } catch (AgentOsException e) {
      // It names no approvals that it could be remembered of.
      return;
    }
    for (Item item : asked) {
      try {
        ApprovalId id = ApprovalId.parse(item.id);
        approvals.refuse(call.tenant(), id, Voter.of(call.principal()), refusal);
      } catch (AgentOsException e) {
        if (e.code() != ErrorCode.NOT_FOUND) {
          throw e;
        }
      }
    }
  }

  private Result decide(Call call, int number, Item item, SecondFactors.Check check) {
    Voter by = Voter.of(call.principal());
    try {
      ApprovalId id = ApprovalId.parse(item.id);
      try {
        Idempotent.Outcome outcome =
            idempotent.once(
                call,
                "#" + number,
                200,
                tx ->
                    ApprovalRoutes.checked(
                        tx,
                        () -> approvals.decide(tx, call.tenant(), id, item.say, by),
                        item.say,
                        check));
        return new Result(item.id, 200, Json.mapperForTrees().readTree(outcome.body()), null);
      } catch (AgentOsException e) {
        approvals.refuse(call.tenant(), id, by, e);
        throw e;
      }
    } catch (AgentOsException e) {
      if (e.code() == ErrorCode.IDEMPOTENCY_MISMATCH || e.code().httpStatus() >= 500) {
        throw e;
      }
      return new Result(
          item.id, e.code().httpStatus(), null, new Refusal(e.code().name(), e.detail()));
    }
  }

  private static List<Item> items(Body body) {
    FieldProblems problems = new FieldProblems();
    RequestFields fields = body.fields(problems, "decisions");
    fields.require("decisions");
    List<Item> items = new ArrayList<>();
    for (RequestFields item :
        fields.objects("decisions", 1, ITEMS_MAX, "id", "decision", "comment", "digest")) {
      Optional<String> id = item.requiredText("id", ID_LENGTH_MAX);
      if (item.text("decision", ID_LENGTH_MAX).equals(Optional.of("edit"))) {
        item.problem("decision", "must be approve or reject; an edit is sent alone");
        continue;
      }
      Optional<Say> say = ApprovalSay.read(item);
      if (id.isPresent() && say.isPresent()) {
        items.add(new Item(id.get(), say.get()));
      }
    }
    problems.throwIfAny();
    return items;
  }
}
