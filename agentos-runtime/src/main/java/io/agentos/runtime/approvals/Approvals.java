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
import io.agentos.runtime.json.Json;
import io.agentos.runtime.state.StateStore;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Tx;
import io.agentos.runtime.store.Write;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Questions to people. An answer is bound to a digest of exactly what would run, is given by
 * someone else than the requester, before it expires, and is used once.
 *
 * <p>Thread-safe.
 */
public final class Approvals {
  private final Database database;
  private final StateStore stateStore;
  private final Audit audit;
  private final InstantSource clock;

  public Approvals(Database database, StateStore stateStore, Audit audit, InstantSource clock) {
    this.database = database;
    this.stateStore = stateStore;
    this.audit = audit;
    this.clock = clock;
  }

  /** A question that was asked. */
  public record Ticket(String id, String digest, Instant expiresAt) {}

  /** What became of a question, and what an intent must consume to act on a yes. */
  public record Answer(Decision decision, List<Write> consume) {}

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

  /** Asks, waits without a thread, and returns what was decided; silence is a no. */
  public Answer ask(Durable durable, Question question) {
    Ticket ticket =
        durable.transaction(question.step(), Ticket.class, step -> store(step, question));
    Optional<Decision> decided =
        durable.await(
            question.step() + "/decision",
            WaitReason.APPROVAL,
            Decision.class,
            question.patience());
    ApprovalId id = ApprovalId.parse(ticket.id());
    return switch (decided.orElse(new Decision.Expired())) {
      case Decision.Approved approved ->
          new Answer(approved, List.of(consume(question, id, ticket.digest())));
      case Decision.Edited edited ->
          new Answer(
              edited,
              List.of(
                  consume(
                      question,
                      id,
                      question.bound(ticket.expiresAt()).digest(edited.arguments()))));
      case Decision.Rejected rejected -> new Answer(rejected, List.of());
      case Decision.Expired expired -> {
        durable.transaction(
            question.step() + "/expired",
            Boolean.class,
            step -> {
              step.write(
                  Write.any(ApprovalsSql.EXPIRE, question.request().tenant().value(), id.value()));
              record(step, "approval.expired", question, ticket.id());
              return true;
            });
        yield new Answer(expired, List.of());
      }
    };
  }

  /**
   * Takes a person's decision and wakes the task.
   *
   * @throws AgentOsException NOT_FOUND; FORBIDDEN for the requester; CONFLICT when it was decided;
   *     APPROVAL_EXPIRED; DIGEST_MISMATCH when {@code say} is about something else than is stored
   */
  public ApprovalView decide(Tx tx, TenantId tenant, ApprovalId id, Say say, String by) {
    StoredApproval stored = lock(tx, tenant, id);
    ApprovalView view = stored.view();
    stored.mustAllow(say, by);
    Map<String, @Nullable Object> edited = say.arguments();
    String digest = edited == null ? view.digest() : stored.bound().digest(edited);
    tx.update(
        ApprovalsSql.DECIDE,
        switch (say.choice()) {
          case APPROVE -> "approved";
          case REJECT -> "rejected";
          case EDIT -> "edited";
        },
        by,
        say.comment(),
        edited == null ? null : Json.write(edited),
        digest,
        tenant.value(),
        id.value());
    Decision decision =
        switch (say.choice()) {
          case APPROVE -> new Decision.Approved(by);
          case REJECT -> new Decision.Rejected(by, say.comment());
          case EDIT -> new Decision.Edited(by, edited == null ? Map.of() : edited);
        };
    stateStore.signal(
        tx,
        tenant,
        TaskId.parse(view.task()),
        new StateStore.Signal(view.step() + "/decision", Json.write(decision)));
    audit.append(tx, List.of(decided(tenant, view, say, by, digest)));
    return lock(tx, tenant, id).view();
  }

  /** One approval; NOT_FOUND when the tenant has none of this id. */
  public ApprovalView one(TenantId tenant, ApprovalId id) {
    return database
        .inTenant(
            tenant,
            tx ->
                tx.queryOne(
                    ApprovalsSql.ONE,
                    row -> StoredApproval.read(tenant, row),
                    tenant.value(),
                    id.value()))
        .orElseThrow(() -> notFound(id))
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
                tx.query(
                    ApprovalsSql.LIST,
                    row -> StoredApproval.read(tenant, row),
                    tenant.value(),
                    before,
                    state,
                    state,
                    ofTask,
                    ofTask,
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

  private Ticket store(Step step, Question question) {
    ApprovalId id = ApprovalId.next();
    Instant expiresAt = clock.instant().plus(question.patience()).truncatedTo(ChronoUnit.MICROS);
    Question.Bound bound = question.bound(expiresAt);
    String digest = bound.digest(question.call().arguments());
    step.write(
        Write.one(
            ApprovalsSql.ASK,
            bound.tenant(),
            id.value(),
            question.request().task().value(),
            bound.step(),
            bound.agent(),
            bound.tool(),
            question.tool().zone().name().toLowerCase(Locale.ROOT),
            bound.toolDigest(),
            bound.versions(),
            Json.write(question.call().arguments()),
            question.because().reason(),
            question.because().rule(),
            question.request().principal(),
            digest,
            expiresAt));
    record(step, "approval.requested", question, id.toString());
    return new Ticket(id.toString(), digest, expiresAt);
  }

  private static Write consume(Question question, ApprovalId id, String digest) {
    return Write.one(ApprovalsSql.CONSUME, question.request().tenant().value(), id.value(), digest);
  }

  private static void record(Step step, String type, Question question, String id) {
    Map<String, String> facts =
        Map.of(
            "approval", id,
            "tool", question.tool().name(),
            "step", question.step(),
            "rule", question.because().rule());
    step.event(type, new HashMap<>(facts));
    step.audit(
        new AuditEntry(
            step.key().tenant(),
            type,
            "agent:" + question.agent(),
            step.key().task().toString(),
            facts));
  }

  private static AuditEntry decided(
      TenantId tenant, ApprovalView view, Say say, String by, String digest) {
    return new AuditEntry(
        tenant,
        "approval.decided",
        by,
        view.task(),
        Map.of(
            "approval", view.id(),
            "decision", say.choice().name().toLowerCase(Locale.ROOT),
            "digest", digest,
            "tool", view.tool()));
  }

  private static StoredApproval lock(Tx tx, TenantId tenant, ApprovalId id) {
    return tx.queryOne(
            ApprovalsSql.LOCK, row -> StoredApproval.read(tenant, row), tenant.value(), id.value())
        .orElseThrow(() -> notFound(id));
  }

  private static AgentOsException notFound(ApprovalId id) {
    return new AgentOsException(ErrorCode.NOT_FOUND, "There is no approval " + id + ".");
  }
}
