package io.agentos.runtime.approvals;

import io.agentos.api.ApprovalId;
import io.agentos.api.AuditEntry;
import io.agentos.api.GrantId;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.api.ToolSpec;
import io.agentos.runtime.approvals.Approvals.Answer;
import io.agentos.runtime.approvals.Approvals.Ticket;
import io.agentos.runtime.durable.Intent;
import io.agentos.runtime.durable.Step;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.killswitch.Reach;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Write;
import io.agentos.runtime.vault.DataKeys;
import io.agentos.runtime.vault.TaskKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes what tasks ask, and what they need to act on a yes. Thread-safe. */
final class Questions {
  private final Database database;
  private final DataKeys keys;
  private final Grants grants;
  private final InstantSource clock;

  Questions(Database database, DataKeys keys, Grants grants, InstantSource clock) {
    this.database = database;
    this.keys = keys;
    this.grants = grants;
    this.clock = clock;
  }

  /** Stores a question, answered at once where a grant covers it; commits with {@code step}. */
  Ticket store(Step step, Question question, String policyInForce) {
    ApprovalId id = ApprovalId.next();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Instant expiresAt = now.plus(question.patience()).truncatedTo(ChronoUnit.MICROS);
    Question.Bound bound = question.bound(policyInForce, expiresAt);
    String digest = bound.digest(question.call().arguments());
    Optional<Grant> grant = grants.covering(question);
    ApprovalTexts texts = texts(question, id);
    step.write(ask(question, bound, texts, digest, now, grant));
    record(step, "approval.requested", question, id.toString());
    grant.ifPresent(found -> {
      step.write(Grants.use(question.request().tenant(), found.id()));
      granted(step, question, id.toString(), digest, found);
    });
    return new Ticket(id.toString(), digest, expiresAt, grant.map(Grant::id).orElse(null));
  }

  private static Write ask(
      Question question,
      Question.Bound bound,
      ApprovalTexts texts,
      String digest,
      Instant now,
      Optional<Grant> grant) {
    return Write.one(
        ApprovalsSql.ASK,
        bound.tenant(),
        question.request().task().value(),
        bound.tenant(),
        texts.approval(),
        question.request().task().value(),
        bound.step(),
        bound.agent(),
        bound.tool(),
        question.zone().name().toLowerCase(Locale.ROOT),
        bound.descriptor(),
        bound.agentVersion(),
        bound.policyVersion(),
        bound.policyInForce(),
        texts.seal(question.call().arguments()),
        texts.seal("reason", question.because().reason()),
        question.because().rule(),
        question.request().principal(),
        digest,
        question.quorum().approvers(),
        question.quorum().roles().toArray(String[]::new),
        texts.seal("facts", facts(question)),
        bound.expiresAt(),
        now.plus(question.sla()).truncatedTo(ChronoUnit.MICROS),
        grant.map(found -> GrantId.parse(found.id()).value()).orElse(null),
        grant.map(found -> "grant:" + found.id()).orElse(null));
  }

  /** What a person has said yes to beforehand is decided as soon as it is asked. */
  private static void granted(Step step, Question question, String id, String digest, Grant grant) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("approval", id);
    facts.put("decision", "approve");
    facts.put("digest", digest);
    facts.put("tool", question.tool().name());
    facts.put("grant", grant.id());
    facts.put("granted_by", grant.grantedBy());
    step.event("approval.decided", new LinkedHashMap<>(facts));
    step.audit(
        new AuditEntry(
            step.key().tenant(),
            "approval.decided",
            "grant:" + grant.id(),
            step.key().task().toString(),
            facts));
  }

  /** Ends a question nobody has answered; commits with {@code step}. */
  static boolean expire(Step step, Question question, Ticket ticket) {
    step.write(
        Write.any(
            ApprovalsSql.EXPIRE,
            question.request().tenant().value(),
            ApprovalId.parse(ticket.id()).value()));
    record(step, "approval.expired", question, ticket.id());
    return true;
  }

  /** What must hold for {@code arguments} to run on a yes. */
  Write consume(Answer answer, Map<String, @Nullable Object> arguments, String policyInForce) {
    Ticket ticket = answer.ticket();
    return Write.one(
        ApprovalsSql.CONSUME,
        answer.question().request().tenant().value(),
        ApprovalId.parse(ticket.id()).value(),
        answer.question().bound(policyInForce, ticket.expiresAt()).digest(arguments),
        texts(answer.question(), ApprovalId.parse(ticket.id())).seal(arguments),
        ticket.expiresAt());
  }

  /** The intent that uses a yes which no call follows. */
  static Intent intent(Answer answer, List<Write> consume) {
    Question question = answer.question();
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("kind", "approval");
    about.put("tool", question.tool().name());
    return new Intent(
        question.step() + "/use",
        ToolSpec.Effect.READ_ONLY,
        Reach.of(question.request()).ofAgent(question.agent()),
        answer.ticket().digest(),
        about,
        consume,
        Duration.ofSeconds(10),
        3);
  }

  private ApprovalTexts texts(Question question, ApprovalId id) {
    TenantId tenant = question.request().tenant();
    TaskId task = question.request().task();
    TaskKey key = database.inTenant(tenant, tx -> keys.in(tx, tenant).ofTask(tx, task));
    return new ApprovalTexts(key, id);
  }

  private static String facts(Question question) {
    TaskId parent = question.request().parent();
    return Json.write(
        new ApprovalRows.Facts(
            new ApprovalView.Origin(
                question.call().id(), parent == null ? null : parent.toString()),
            question.taint()));
  }

  private static void record(Step step, String type, Question question, String id) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("approval", id);
    facts.put("tool", question.tool().name());
    facts.put("step", question.step());
    facts.put("rule", question.because().rule());
    step.event(type, new LinkedHashMap<>(facts));
    step.audit(
        new AuditEntry(
            step.key().tenant(),
            type,
            "agent:" + question.agent(),
            step.key().task().toString(),
            facts));
  }
}
