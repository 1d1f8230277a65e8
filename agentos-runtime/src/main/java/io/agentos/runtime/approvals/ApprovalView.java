package io.agentos.runtime.approvals;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An approval as people see it: the raw arguments and where they come from, never the model's prose
 * alone.
 *
 * @param step the step of the task that waits
 * @param arguments what was asked, in canonical order: exactly what the digest is over
 * @param digest what a decision must repeat, so that nobody approves what was not shown
 * @param decidedBy whose word settled it, or the grant that did
 * @param editedArguments what shall run instead; null unless somebody edited
 * @param diff from the arguments that were asked to those that shall run; empty without an edit
 * @param taint where untrusted parts of the arguments come from
 * @param excluded who may not decide: the requester and everyone it acts for
 * @param slaAt when people further up are asked too; null once nobody is left to ask
 */
public record ApprovalView(
    String id,
    String task,
    String step,
    String state,
    String agent,
    String tool,
    String zone,
    Map<String, @Nullable Object> arguments,
    String reason,
    String rule,
    String requester,
    String digest,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt,
    @Nullable String comment,
    @Nullable Map<String, @Nullable Object> editedArguments,
    List<ArgumentDiff.Change> diff,
    Origin origin,
    List<String> taint,
    Needed quorum,
    List<Vote> votes,
    List<String> excluded,
    Versions versions,
    @Nullable String grant,
    Instant createdAt,
    @Nullable Instant slaAt,
    @Nullable Instant escalatedAt,
    Instant expiresAt,
    @Nullable Instant consumedAt) {

  /**
   * Where a call comes from.
   *
   * @param call the id that the model gave the call
   * @param parent the task that asked for this one; null for none
   */
  public record Origin(String call, @Nullable String parent) {}

  /**
   * Who must say yes, and how many have.
   *
   * @param roles the roles that count; empty for every role that may decide
   * @param given how many different people have said yes to what would run now
   */
  public record Needed(int approvers, List<String> roles, int given) {}

  /**
   * What one person said.
   *
   * @param decision approve, edit or reject
   * @param digest what it was said to
   * @param counts whether it still does: not after an edit by somebody else
   */
  public record Vote(
      String by,
      String role,
      String decision,
      String digest,
      String comment,
      Instant at,
      boolean counts) {}

  /**
   * What the answer is bound to besides the call.
   *
   * @param descriptor the digest of what the tool says of itself
   * @param policy the version of the policies the task began with
   * @param policyInForce the version of the policies in force when it was asked
   */
  public record Versions(String agent, String descriptor, String policy, String policyInForce) {}
}
