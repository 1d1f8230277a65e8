package io.agentos.runtime.approvals;

import io.agentos.api.AgentOsException;
import io.agentos.api.ApprovalId;
import io.agentos.api.AuditEntry;
import io.agentos.api.Decision;
import io.agentos.api.ErrorCode;
import io.agentos.api.TaskId;
import io.agentos.api.TaskState.WaitReason;
import io.agentos.api.TenantId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.durable.Durable;
import io.agentos.runtime.durable.Step;
import io.agentos.runtime.state.StateStore;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Tx;
import io.agentos.runtime.store.Write;
import io.agentos.runtime.vault.DataKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Questions to people. An answer is bound to a digest of exactly what would run, is given by enough
 * different people other than the requester, before it expires, and is used once.
 *
 * <p>Thread-safe.
 */
public final class Approvals {
  private final Database database;
  private final Function<TenantId, String> policyInForce;
  private final DataKeys keys;
  private final Questions questions;
  private final Decisions decisions;

  /** Approvals where policies never change. */
  public Approvals(Database database, StateStore stateStore, Audit audit, InstantSource clock) {
    this(database, stateStore, audit, clock, _ -> "");
  }

  /**
   * @param policyInForce the version of the policies in force for a tenant, asked whenever it
   *     matters: what was asked under another is superseded
   */
  public Approvals(
      Database database,
      StateStore stateStore,
      Audit audit,
      InstantSource clock,
      Function<TenantId, String> policyInForce) {
    this.database = database;
    this.policyInForce = policyInForce;
    this.keys = stateStore.keys();
    this.questions = new Questions(database, keys, new Grants(database, audit), clock);
    this.decisions = new Decisions(stateStore, audit);
  }

  /**
   * A question that was asked.
   *
   * @param grant the standing grant that answered it at once; null when people are asked
   */
  public record Ticket(String id, String digest, Instant expiresAt, @Nullable String grant) {}

  /** What became of a question. */
  public record Answer(Question question, Ticket ticket, Decision decision) {}

  /** What a person says. */
  public record Say(
      Choice choice,
      @Nullable Map<String, @Nullable Object> arguments,
      String comment,
      String digest) {
    /** The three things a person can say. */
    public enum Choice {
      APPROVE,
      REJECT,
      EDIT
    }
  }

  /**
   * Asks, waits without a thread, and returns what was decided; silence is a no. A standing grant
   * that covers the question answers it at once.
   *
   * <p>A yes allows nothing by itself: what it is about must {@link #consume} it to begin, or
   * {@link #use} it.
   */
  public Answer ask(Durable durable, Question question) {
    Ticket ticket = asked(durable, question);
    String grant = ticket.grant();
    if (grant != null) {
      return new Answer(question, ticket, new Decision.Approved("grant:" + grant));
    }
    Decision decision =
        durable
            .await(
                question.step() + "/decision",
                WaitReason.APPROVAL,
                Decision.class,
                question.patience())
            .orElseGet(Decision.Expired::new);
    if (decision instanceof Decision.Expired) {
      durable.transaction(
          question.step() + "/expired",
          Boolean.class,
          step -> Questions.expire(step, question, ticket));
    }
    return new Answer(question, ticket, decision);
  }

  /**
   * What an intent must write to act on a yes with these arguments. The digest is that of what
   * would run now, by the tool, the call and the policies of this moment: when it is not what
   * people said yes to, when it was used or has expired, the intent is refused with INTENT_REFUSED.
   */
  public List<Write> consume(Answer answer, Map<String, @Nullable Object> arguments) {
    return List.of(questions.consume(answer, arguments, inForce(answer)));
  }

  /**
   * Uses a yes that no tool call follows, such as one about an answer. Journaled as one effect that
   * does nothing.
   *
   * @return why it could not be used; empty when it was
   */
  public String use(Durable durable, Answer answer, Map<String, @Nullable Object> arguments) {
    try {
      durable.effect(
          Questions.intent(answer, consume(answer, arguments)),
          Boolean.class,
          step -> {
            consumed(step, answer);
            return true;
          });
      return "";
    } catch (AgentOsException e) {
      if (e.code() != ErrorCode.INTENT_REFUSED) {
        throw e;
      }
      return refused(durable, answer, arguments);
    }
  }

  /** Records that a yes was used, once, with what becomes of the first attempt that tells. */
  public void consumed(Step step, Answer answer) {
    if (step.lostAttempts().size() < step.attempt() - 1) {
      return;
    }
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("approval", answer.ticket().id());
    facts.put("tool", answer.question().tool().name());
    facts.put("step", step.key().name());
    step.event("approval.consumed", new LinkedHashMap<>(facts));
    step.audit(
        new AuditEntry(
            step.key().tenant(),
            "approval.consumed",
            "agent:" + answer.question().agent(),
            step.key().task().toString(),
            facts));
  }

  /**
   * Records that a yes could not be used, and why; to be called when the intent was refused.
   *
   * @param arguments what would have run
   * @return why, for people
   */
  public String refused(Durable durable, Answer answer, Map<String, @Nullable Object> arguments) {
    return durable.transaction(
        answer.question().step() + "/refused",
        String.class,
        step -> {
          Refusals.Reason reason =
              Refusals.find(database, keys, answer, arguments, inForce(answer));
          Refusals.record(step, answer, reason);
          return reason.text();
        });
  }

  /**
   * Records that a yes is not used because something else forbids what it is about, such as a
   * policy that forbids what an edit made of it.
   */
  public void drop(Durable durable, Answer answer, ErrorCode code, String why) {
    durable.transaction(
        answer.question().step() + "/refused",
        Boolean.class,
        step -> Refusals.record(step, answer, new Refusals.Reason(code, why)));
  }

  /**
   * Takes a person's decision and, when it settles the approval, wakes the task.
   *
   * @throws AgentOsException NOT_FOUND; FORBIDDEN for the requester, for whom it acts, for agents
   *     and roles that do not count; CONFLICT when it was decided, when this person has said yes
   *     already, when the policies have changed; APPROVAL_EXPIRED; DIGEST_MISMATCH when {@code say}
   *     is about something else than is stored. Whoever catches it owes {@link #refuse}
   */
  public ApprovalView decide(Tx tx, TenantId tenant, ApprovalId id, Say say, Voter by) {
    return decisions.take(tx, id, say, by, tenant, policyInForce.apply(tenant));
  }

  /** The same in a transaction of its own; what is refused is recorded. */
  public ApprovalView decide(TenantId tenant, ApprovalId id, Say say, Voter by) {
    try {
      return database.inTenant(tenant, tx -> decide(tx, tenant, id, say, by));
    } catch (AgentOsException e) {
      refuse(tenant, id, by, e);
      throw e;
    }
  }

  /**
   * Records an attempt to decide that was refused, in a transaction of its own because that of the
   * attempt has ended. What the policies have overtaken is superseded with it, and its task told.
   * Records nothing of what concerns no approval: one that is not there, a malformed request.
   */
  public void refuse(TenantId tenant, ApprovalId id, Voter by, AgentOsException refusal) {
    if (!Refusals.isRecorded(refusal.code())) {
      return;
    }
    database.inTenantDo(
        tenant, tx -> decisions.refuse(tx, id, by, refusal, tenant, policyInForce.apply(tenant)));
  }

  /** One approval; NOT_FOUND when the tenant has none of this id. */
  public ApprovalView one(TenantId tenant, ApprovalId id) {
    return database
        .inTenant(tenant, tx -> StoredApproval.find(tx, tenant, keys.in(tx, tenant), id))
        .orElseThrow(() -> Admission.notFound(id))
        .view();
  }

  /**
   * Approvals older than {@code before}, newest first; of a state or a task where these are given.
   */
  public List<ApprovalView> list(
      TenantId tenant, @Nullable String state, @Nullable TaskId task, UUID before, int limit) {
    UUID ofTask = task == null ? null : task.value();
    return database
        .inTenant(
            tenant,
            tx ->
                StoredApproval.list(
                    tx,
                    keys.in(tx, tenant),
                    new StoredApproval.Asked(tenant, state, ofTask, before),
                    limit))
        .stream()
        .map(StoredApproval::view)
        .toList();
  }

  /** Ends what a task still asks when the task itself ends; commits with {@code step}. */
  public void withdraw(Step step) {
    step.write(
        Write.any(
            ApprovalsSql.SUPERSEDE_OF_TASK,
            step.key().tenant().value(),
            step.key().task().value()));
  }

  /**
   * A question that another task took the last use of a grant from is asked anew: nothing of it was
   * stored.
   */
  private Ticket asked(Durable durable, Question question) {
    String inForce = policyInForce.apply(question.request().tenant());
    try {
      return durable.transaction(
          question.step(), Ticket.class, step -> questions.store(step, question, inForce));
    } catch (AgentOsException e) {
      if (e.getCause() instanceof Tx.UnexpectedRows) {
        throw AgentOsException.retryAfter(
            ErrorCode.STORE_UNAVAILABLE,
            "A standing grant was used up while step '%s' relied on it; the task asks again."
                .formatted(question.step()),
            Duration.ofSeconds(1),
            e);
      }
      throw e;
    }
  }

  private String inForce(Answer answer) {
    return policyInForce.apply(answer.question().request().tenant());
  }
}
