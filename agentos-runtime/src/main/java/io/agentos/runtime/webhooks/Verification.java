package io.agentos.runtime.webhooks;

/** What became of the look at a delivery's signature. */
sealed interface Verification {
  /**
   * It is its sender's.
   *
   * @param id by which a second delivery of the same is known; 1 to 64 of A-Z, a-z, 0-9, '_', '-'
   * @param timed whether its age was bounded, so that its id need not be kept for long
   */
  record Accepted(String id, boolean timed) implements Verification {}

  /**
   * It is not, or not in time.
   *
   * @param reason for the audit log of the source's owner, such as {@code signature}; never told
   *     outside
   */
  record Refused(String reason) implements Verification {}
}
