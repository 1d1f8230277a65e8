package io.agentos.runtime.policy;

/** What the policies say to a call of a model. */
public sealed interface ModelVerdict {
  /** The rule that decided, such as {@code default/permit-models}. */
  String rule();

  /** It may be asked. */
  record Permit(String rule) implements ModelVerdict {}

  /** It may not be asked. */
  record Forbid(String rule, String reason) implements ModelVerdict {}
}
