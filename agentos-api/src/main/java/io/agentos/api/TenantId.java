package io.agentos.api;

import java.util.regex.Pattern;

/** The name of a tenant: 1 to 63 of {@code a-z 0-9 -}, beginning with a letter. */
public record TenantId(String value) {
  private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9-]{0,62}");

  /** The tenant that a new data directory begins with. */
  public static final TenantId DEFAULT = new TenantId("default");

  public TenantId {
    if (!isName(value)) {
      throw new AgentOsException(
          ErrorCode.INVALID_REQUEST,
          "A tenant is named by 1 to 63 of a-z, 0-9 and '-', beginning with a letter.");
    }
  }

  /** Whether a text could name a tenant. */
  public static boolean isName(String text) {
    return SHAPE.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
