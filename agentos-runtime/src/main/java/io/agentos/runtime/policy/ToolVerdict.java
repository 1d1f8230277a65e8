package io.agentos.runtime.policy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.agentos.api.Quorum;
import org.jspecify.annotations.Nullable;

/** What the policies say to a tool call. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ToolVerdict.Permit.class, name = "permit"),
  @JsonSubTypes.Type(value = ToolVerdict.Forbid.class, name = "forbid"),
  @JsonSubTypes.Type(value = ToolVerdict.RequireApproval.class, name = "require_approval")
})
public sealed interface ToolVerdict {
  /** The rule that decided, such as {@code default/permit-tools}. */
  String rule();

  /** It may run. */
  record Permit(String rule) implements ToolVerdict {}

  /** It may not run. */
  record Forbid(String rule, String reason) implements ToolVerdict {}

  /**
   * It may run if people say so.
   *
   * @param quorum who must say yes; one person in journals of before there were quorums
   */
  record RequireApproval(String rule, String reason, Quorum quorum) implements ToolVerdict {
    public RequireApproval(String rule, String reason, @Nullable Quorum quorum) {
      this.rule = rule;
      this.reason = reason;
      this.quorum = quorum == null ? Quorum.ONE : quorum;
    }
  }
}
