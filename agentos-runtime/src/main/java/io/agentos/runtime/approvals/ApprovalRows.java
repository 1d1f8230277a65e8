package io.agentos.runtime.approvals;

import io.agentos.api.ApprovalId;
import io.agentos.api.GrantId;
import io.agentos.api.TaskId;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.store.Row;
import io.agentos.runtime.vault.TaskKey;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads rows of approvals into views. */
final class ApprovalRows {
  private ApprovalRows() {}

  /** A row, without its votes, opened; of an erased task without what it asked. */
  static ApprovalView view(Row row, TaskKey key) {
    ApprovalTexts texts = new ApprovalTexts(key, row.uuid("approval_id"));
    byte[] edited = row.optionalBytes("edited_arguments");
    byte[] comment = row.optionalBytes("comment");
    Map<String, @Nullable Object> arguments = texts.arguments(row.bytes("arguments"));
    Map<String, @Nullable Object> editedArguments = edited == null ? null : texts.arguments(edited);
    UUID grant = row.optionalUuid("grant_id");
    Facts facts = facts(texts, row);
    boolean canEscalate = row.text("state").equals("pending") && row.number("escalation") < 2;
    return new ApprovalView(
        new ApprovalId(row.uuid("approval_id")).toString(),
        new TaskId(row.uuid("task_id")).toString(),
        row.text("step"),
        row.text("state"),
        row.text("agent"),
        row.text("tool"),
        row.text("zone"),
        arguments,
        texts.open("reason", row.bytes("reason")),
        row.text("rule"),
        row.text("requester"),
        row.text("digest"),
        row.optionalText("decided_by"),
        row.optionalInstant("decided_at"),
        comment == null ? null : texts.open("comment", comment),
        editedArguments,
        editedArguments == null ? List.of() : ArgumentDiff.between(arguments, editedArguments),
        facts.origin(),
        facts.taint(),
        new ApprovalView.Needed(row.number("approvers"), row.texts("roles"), 0),
        List.of(),
        row.texts("excluded"),
        versions(row),
        grant == null ? null : new GrantId(grant).toString(),
        row.instant("created_at"),
        canEscalate ? row.optionalInstant("escalate_at") : null,
        row.optionalInstant("escalated_at"),
        row.instant("expires_at"),
        row.optionalInstant("consumed_at"));
  }

  private static Facts facts(ApprovalTexts texts, Row row) {
    return texts.key().isErased()
        ? new Facts(null, null)
        : Json.read(texts.open("facts", row.bytes("facts")), Facts.class);
  }

  private static ApprovalView.Versions versions(Row row) {
    return new ApprovalView.Versions(
        row.text("agent_version"),
        row.text("descriptor"),
        row.text("policy_version"),
        row.text("policy_in_force"));
  }

  /** The same with its votes. */
  static ApprovalView with(ApprovalView view, List<ApprovalView.Vote> votes, int given) {
    return new ApprovalView(
        view.id(),
        view.task(),
        view.step(),
        view.state(),
        view.agent(),
        view.tool(),
        view.zone(),
        view.arguments(),
        view.reason(),
        view.rule(),
        view.requester(),
        view.digest(),
        view.decidedBy(),
        view.decidedAt(),
        view.comment(),
        view.editedArguments(),
        view.diff(),
        view.origin(),
        view.taint(),
        new ApprovalView.Needed(view.quorum().approvers(), view.quorum().roles(), given),
        List.copyOf(votes),
        view.excluded(),
        view.versions(),
        view.grant(),
        view.createdAt(),
        view.slaAt(),
        view.escalatedAt(),
        view.expiresAt(),
        view.consumedAt());
  }

  /** What is told of a question besides its columns. */
  record Facts(ApprovalView.Origin origin, List<String> taint) {
    Facts(ApprovalView.@Nullable Origin origin, @Nullable List<String> taint) {
      this.origin = origin == null ? new ApprovalView.Origin("", null) : origin;
      this.taint = taint == null ? List.of() : List.copyOf(taint);
    }
  }
}
