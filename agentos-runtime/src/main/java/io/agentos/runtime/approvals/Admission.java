package io.agentos.runtime.approvals;

import io.agentos.api.AgentOsException;
import io.agentos.api.ApprovalId;
import io.agentos.api.ErrorCode;
import io.agentos.runtime.approvals.Approvals.Say;
import java.util.List;

/** Who may decide an approval, and when. Thread-safe. */
final class Admission {
  private Admission() {}

  /** Stops a decision that may not be taken. */
  static void check(StoredApproval stored, Say say, Voter by, String policyInForce) {
    ApprovalView view = stored.view();
    mustBeEntitled(view, by);
    mustBePending(stored);
    if (!view.versions().policyInForce().equals(policyInForce)) {
      throw new AgentOsException(
          ErrorCode.CONFLICT,
          "The policies have changed since approval %s was asked, so that it is superseded; the task must ask again."
              .formatted(view.id()));
    }
    if (!stored.isWhatWasAsked()) {
      throw new AgentOsException(
          ErrorCode.DIGEST_MISMATCH,
          "The record of approval %s no longer says what was asked; it must not be decided."
              .formatted(view.id()));
    }
    if (!view.digest().equals(say.digest())) {
      throw new AgentOsException(
          ErrorCode.DIGEST_MISMATCH,
          "The digest is not that of approval %s; read it again and decide on what it shows."
              .formatted(view.id()));
    }
    if (say.choice() != Say.Choice.REJECT) {
      mustCount(stored, say, by);
    }
    if ((say.choice() == Say.Choice.EDIT) != (say.arguments() != null)) {
      throw new AgentOsException(
          ErrorCode.INVALID_REQUEST, "'arguments' belong to the decision 'edit', and only to it.");
    }
  }

  /** Neither an agent, nor a role that may not decide, nor who asked or whom it acts for. */
  private static void mustBeEntitled(ApprovalView view, Voter by) {
    if (!by.mayDecide()) {
      throw new AgentOsException(
          ErrorCode.FORBIDDEN,
          "%s may not decide approval %s: only people with a role that includes 'decide' may."
              .formatted(by.id(), view.id()));
    }
    if (view.requester().equals(by.id())) {
      throw new AgentOsException(
          ErrorCode.FORBIDDEN,
          "%s asked for task %s and may not decide its approvals; someone else must."
              .formatted(by.id(), view.task()));
    }
    if (view.excluded().contains(by.id())) {
      throw new AgentOsException(
          ErrorCode.FORBIDDEN,
          "Task %s acts for %s, who may not decide its approvals; someone else must."
              .formatted(view.task(), by.id()));
    }
  }

  private static void mustBePending(StoredApproval stored) {
    ApprovalView view = stored.view();
    if (!view.state().equals("pending")) {
      throw new AgentOsException(
          view.state().equals("expired") ? ErrorCode.APPROVAL_EXPIRED : ErrorCode.CONFLICT,
          "Approval %s is %s; only a pending one can be decided."
              .formatted(view.id(), view.state()));
    }
    if (stored.isLate()) {
      throw expired(view);
    }
  }

  /** A yes counts when it is that of one of the roles that are asked, and the person's first. */
  private static void mustCount(StoredApproval stored, Say say, Voter by) {
    ApprovalView view = stored.view();
    List<String> roles = view.quorum().roles();
    if (!roles.isEmpty() && !roles.contains(by.role().text())) {
      throw new AgentOsException(
          ErrorCode.FORBIDDEN,
          "Approval %s needs a yes of role %s; that of a key with role '%s' does not count."
              .formatted(view.id(), String.join(" or ", roles), by.role().text()));
    }
    if (say.choice() == Say.Choice.APPROVE && stored.hasVoteOf(by.id())) {
      throw new AgentOsException(
          ErrorCode.CONFLICT,
          "%s has said yes to approval %s already; %d different people must."
              .formatted(by.id(), view.id(), view.quorum().approvers()));
    }
  }

  static AgentOsException expired(ApprovalView view) {
    return new AgentOsException(
        ErrorCode.APPROVAL_EXPIRED,
        "Approval %s expired at %s.".formatted(view.id(), view.expiresAt()));
  }

  static AgentOsException notFound(ApprovalId id) {
    return new AgentOsException(ErrorCode.NOT_FOUND, "There is no approval " + id + ".");
  }
}
