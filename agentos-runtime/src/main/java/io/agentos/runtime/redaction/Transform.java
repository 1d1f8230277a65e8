package io.agentos.runtime.redaction;

/** What is done with a sensitive value. */
public enum Transform {
  /** Nothing; it is not even looked for. */
  LEAVE,
  /** Replaced by what it was: {@code [redacted: a card number]}. */
  MASK,
  /** Replaced by a keyed hash: the same value in the same tenant gives the same text, one way. */
  HASH,
  /** Replaced by a token from which the value can be had again by those who may. */
  TOKEN,
  /** Replaced by {@code [removed]}, which does not say what it was. */
  REMOVE,
  /** The whole text is refused. */
  BLOCK
}
