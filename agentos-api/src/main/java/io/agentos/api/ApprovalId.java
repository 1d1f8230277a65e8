package io.agentos.api;

import java.util.UUID;

/** The id of an approval, written {@code apr_…}. */
public record ApprovalId(UUID value) {
  private static final String PREFIX = "apr";

  /** A new id, later than all before it. */
  public static ApprovalId next() {
    return new ApprovalId(Ids.next());
  }

  /** The id in {@code text}; NOT_FOUND when it is none. */
  public static ApprovalId parse(String text) {
    return new ApprovalId(Ids.parse(PREFIX, text));
  }

  @Override
  public String toString() {
    return Ids.format(PREFIX, value);
  }
}
