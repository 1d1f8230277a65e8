package io.agentos.runtime.approvals;

import io.agentos.api.AgentOsException;
import io.agentos.api.ApprovalId;
import io.agentos.api.ErrorCode;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.store.Row;

/**
 * An approval as its row tells it.
 *
 * @param isLate whether it has expired by the database's clock
 */
record StoredApproval(ApprovalView view, Question.Bound bound, boolean isLate) {

  /** Stops a decision that may not be taken. */
  void mustAllow(Approvals.Say say, String by) {
    if (view.requester().equals(by)) {
      throw new AgentOsException(
          ErrorCode.FORBIDDEN,
          "%s asked for task %s and may not decide its approvals; someone else must."
              .formatted(by, view.task()));
    }
    if (!view.state().equals("pending")) {
      throw new AgentOsException(
          view.state().equals("expired") ? ErrorCode.APPROVAL_EXPIRED : ErrorCode.CONFLICT,
          "Approval %s is %s; only a pending one can be decided."
              .formatted(view.id(), view.state()));
    }
    if (isLate) {
      throw new AgentOsException(
          ErrorCode.APPROVAL_EXPIRED,
          "Approval %s expired at %s.".formatted(view.id(), view.expiresAt()));
    }
    if (!view.digest().equals(say.digest())) {
      throw new AgentOsException(
          ErrorCode.DIGEST_MISMATCH,
          "The digest is not that of approval %s; read it again and decide on what it shows."
              .formatted(view.id()));
    }
    if ((say.choice() == Approvals.Say.Choice.EDIT) != (say.arguments() != null)) {
      throw new AgentOsException(
          ErrorCode.INVALID_REQUEST, "'arguments' belong to the decision 'edit', and only to it.");
    }
  }

  static StoredApproval read(TenantId tenant, Row row) {
    String edited = row.optionalText("edited_arguments");
    ApprovalView view =
        new ApprovalView(
            new ApprovalId(row.uuid("approval_id")).toString(),
            new TaskId(row.uuid("task_id")).toString(),
            row.text("step"),
            row.text("state"),
            row.text("agent"),
            row.text("tool"),
            row.text("zone"),
            Json.readObject(row.text("arguments")),
            row.text("reason"),
            row.text("rule"),
            row.text("requester"),
            row.text("digest"),
            row.optionalText("decided_by"),
            row.optionalInstant("decided_at"),
            row.optionalText("comment"),
            edited == null ? null : Json.readObject(edited),
            row.instant("created_at"),
            row.instant("expires_at"),
            row.optionalInstant("consumed_at"));
    Question.Bound bound =
        new Question.Bound(
            tenant.value(),
            view.task(),
            view.step(),
            view.agent(),
            row.text("versions"),
            view.tool(),
            row.text("tool_digest"),
            view.expiresAt());
    return new StoredApproval(view, bound, row.flag("is_late"));
  }
}
