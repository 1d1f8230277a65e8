package io.agentos.api;

/** What the policy engine says to a request. */
public sealed interface Verdict {
  /** The rule that decided, such as {@code default/permit-packs}; {@code default-deny} for none. */
  String rule();

  /** The SHA-256 of the policies that were in force, hexadecimal. */
  String policyVersion();

  /** It may go on, within these limits. */
  record Allow(Limits limits, String rule, String policyVersion) implements Verdict {}

  /** It may not. */
  record Deny(String rule, String reason, String policyVersion) implements Verdict {}
}
