package io.agentos.runtime.redaction;

/** How much harm it does when a value gets out. */
public enum Sensitivity {
  /** Opens accounts or steals an identity: cards, bank accounts, national ids, credentials. */
  A,
  /** Says who somebody is or how to reach them. */
  B,
  /** Says little by itself: addresses of machines, ids, places. */
  C
}
