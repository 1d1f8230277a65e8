package io.agentos.runtime.approvals;

import io.agentos.api.ApprovalId;
import io.agentos.api.AuditEntry;
import io.agentos.api.ErrorCode;
import io.agentos.api.TenantId;
import io.agentos.runtime.approvals.Approvals.Answer;
import io.agentos.runtime.durable.Step;
import io.agentos.runtime.json.CanonicalJson;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Write;
import io.agentos.runtime.vault.DataKeys;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a yes cannot be used, found out after it could not be, and recorded once. Thread-safe. */
final class Refusals {
  private Refusals() {}

  /** Why something was refused. */
  record Reason(ErrorCode code, String text) {}

  /** Whether an attempt to decide that ends with this code concerns an approval that is there. */
  static boolean isRecorded(ErrorCode code) {
    return switch (code) {
      case FORBIDDEN, CONFLICT, APPROVAL_EXPIRED, DIGEST_MISMATCH -> true;
      default -> false;
    };
  }

  /** What of the stored approval does not let {@code arguments} run now. */
  static Reason find(
      Database database,
      DataKeys keys,
      Answer answer,
      Map<String, @Nullable Object> arguments,
      String policyInForce) {
    TenantId tenant = answer.question().request().tenant();
    ApprovalId id = ApprovalId.parse(answer.ticket().id());
    Optional<StoredApproval> found =
        database.inTenant(tenant, tx -> StoredApproval.find(tx, tenant, keys.in(tx, tenant), id));
    return found
        .map(stored -> of(stored, answer, arguments, policyInForce))
        .orElseGet(() -> new Reason(ErrorCode.CONFLICT, "There is no approval " + id + "."));
  }

  /** Commits with {@code step}; what cannot be used any more is not left as if it could. */
  static boolean record(Step step, Answer answer, Reason reason) {
    step.write(
        Write.any(
            ApprovalsSql.VOID,
            step.key().tenant().value(),
            ApprovalId.parse(answer.ticket().id()).value()));
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("approval", answer.ticket().id());
    facts.put("code", reason.code().name());
    facts.put("reason", reason.text());
    facts.put("tool", answer.question().tool().name());
    step.event("approval.refused", new LinkedHashMap<>(facts));
    step.audit(
        new AuditEntry(
            step.key().tenant(),
            "approval.refused",
            "agent:" + answer.question().agent(),
            step.key().task().toString(),
            facts));
    return true;
  }

  private static Reason of(
      StoredApproval stored,
      Answer answer,
      Map<String, @Nullable Object> arguments,
      String policyInForce) {
    ApprovalView view = stored.view();
    Question question = answer.question();
    if (view.state().equals("consumed")) {
      return new Reason(ErrorCode.CONFLICT, "Approval %s was used already.".formatted(view.id()));
    }
    if (view.state().equals("expired")
        || stored.isLate()
        || !answer.ticket().expiresAt().equals(view.expiresAt())) {
      return new Reason(
          ErrorCode.APPROVAL_EXPIRED,
          "Approval %s has expired before it was used.".formatted(view.id()));
    }
    if (!view.state().equals("approved") && !view.state().equals("edited")) {
      return new Reason(
          ErrorCode.CONFLICT, "Approval %s is %s.".formatted(view.id(), view.state()));
    }
    if (!view.versions().policyInForce().equals(policyInForce)) {
      return new Reason(
          ErrorCode.CONFLICT,
          "The policies have changed since approval %s was asked.".formatted(view.id()));
    }
    if (!view.versions().descriptor().equals(Question.descriptor(question.tool()))) {
      return new Reason(
          ErrorCode.DIGEST_MISMATCH,
          "Tool %s is no longer described as it was when approval %s was asked."
              .formatted(question.tool().name(), view.id()));
    }
    if (!CanonicalJson.write(stored.arguments()).equals(CanonicalJson.write(arguments))
        || !stored.isWhatWasAsked()) {
      return new Reason(
          ErrorCode.DIGEST_MISMATCH,
          "What would run is not what approval %s is about.".formatted(view.id()));
    }
    return new Reason(
        ErrorCode.CONFLICT,
        "Approval %s does not hold: too few votes stand behind it, its grant was revoked, or it is of another version of the agent."
            .formatted(view.id()));
  }
}
