package io.agentos.server.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.ApprovalId;
import io.agentos.api.ErrorCode;
import io.agentos.api.TaskId;
import io.agentos.runtime.approvals.ApprovalView;
import io.agentos.runtime.approvals.Approvals;
import io.agentos.runtime.approvals.Approvals.Say;
import io.agentos.runtime.approvals.Voter;
import io.agentos.runtime.identity.Permission;
import io.agentos.runtime.sessions.SecondFactors;
import io.agentos.runtime.store.Tx;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The routes of approvals. Thread-safe. */
final class ApprovalRoutes {
  private static final Cursor<UUID> APPROVALS = Cursor.ofIds("approvals");
  private static final UUID LAST = new UUID(-1L, -1L);
  private static final String RED = "red";
  private static final int TEXT_LENGTH_MAX = 200;
  private static final List<String> STATES =
      List.of("pending", "approved", "edited", "rejected", "expired", "superseded", "consumed");

  private final Approvals approvals;
  private final Idempotent idempotent;
  private final ApprovalBatch batch;
  private final Codes codes;

  ApprovalRoutes(HttpServices services, Idempotent idempotent) {
    this.approvals = services.approvals();
    this.idempotent = idempotent;
    this.codes = new Codes(services, false);
    this.batch = new ApprovalBatch(approvals, idempotent, codes);
  }

  List<Route> routes() {
    Access read = new Access.Needs(Permission.READ);
    Access decide = new Access.Needs(Permission.DECIDE);
    return List.of(
        new Route("GET", "/v1/approvals", read, this::list),
        new Route("POST", "/v1/approvals/decide", decide, batch::decide, batch::refused),
        new Route("GET", "/v1/approvals/{id}", read, this::one),
        new Route("POST", "/v1/approvals/{id}/decide", decide, this::decide, this::refused));
  }

  /** Whoever tries to decide and may not is remembered. */
  private void refused(Call call, AgentOsException refusal) {
    try {
      ApprovalId id = ApprovalId.parse(call.id());
      approvals.refuse(call.tenant(), id, Voter.of(call.principal()), refusal);
    } catch (AgentOsException e) {
      if (e.code() != ErrorCode.NOT_FOUND) {
        throw e;
      }
      // It is no id of an approval, so that there is none to remember it of.
    }
  }

  private Answer list(Call call) {
    QueryParameters query = call.parameters("limit", "cursor", "state", "task");
    int limit = query.limit();
    String state = query.choice("state", STATES).orElse(null);
    Optional<String> task = query.text("task", TEXT_LENGTH_MAX);
    Optional<TaskId> ofTask = task.flatMap(TaskIds::parse);
    if (task.isPresent() && ofTask.isEmpty()) {
      query.problem("task", TaskIds.NO_TASK);
    }
    UUID before = query.cursor(APPROVALS).orElse(LAST);
    query.check();
    List<ApprovalView> found =
        approvals.list(call.tenant(), state, ofTask.orElse(null), before, limit + 1);
    return Answer.json(
        200,
        Page.of(
            found,
            limit,
            approval -> approval,
            approval -> APPROVALS.encode(ApprovalId.parse(approval.id()).value())));
  }

  private Answer one(Call call) {
    call.parameters().check();
    return Answer.json(200, approvals.one(call.tenant(), ApprovalId.parse(call.id())));
  }

  /** A yes to what would act in zone red takes the code of whoever has a second factor. */
  static ApprovalView checked(
      Tx tx, Supplier<ApprovalView> decision, Say say, SecondFactors.Check check) {
    ApprovalView decided = decision.get();
    if (decided.zone().equals(RED) && say.choice() != Say.Choice.REJECT) {
      check.pass(tx);
    }
    return decided;
  }

  private Answer decide(Call call) {
    ApprovalId id = ApprovalId.parse(call.id());
    Supplier<Say> say = Idempotent.prepared(() -> ApprovalSay.read(call.body()));
    Voter by = Voter.of(call.principal());
    SecondFactors.Check check = codes.check(call);
    try {
      Idempotent.Outcome outcome =
          idempotent.once(
              call,
              200,
              tx ->
                  checked(
                      tx,
                      () -> approvals.decide(tx, call.tenant(), id, say.get(), by),
                      say.get(),
                      check));
      check.passed();
      return outcome.answer();
    } catch (AgentOsException e) {
      if (e.code() != ErrorCode.SECOND_FACTOR) {
        check.passed();
      }
      approvals.refuse(call.tenant(), id, by, e);
      throw e;
    }
  }
}
