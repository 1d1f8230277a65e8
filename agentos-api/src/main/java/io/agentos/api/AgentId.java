package io.agentos.api;

import java.util.regex.Pattern;

/** The name of an agent within its pack, written {@code pack.agent}. */
public record AgentId(String pack, String agent) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

  public AgentId {
    check("pack", pack);
    check("agent", agent);
  }

  /**
   * The id in {@code text}, such as {@code supabase.rls-auditor}.
   *
   * @throws AgentOsException INVALID_REQUEST when it has not this shape
   */
  public static AgentId parse(String text) {
    int dot = text.indexOf('.');
    if (dot < 0) {
      throw new AgentOsException(
          ErrorCode.INVALID_REQUEST, "An agent is named PACK.AGENT, such as supabase.rls-auditor.");
    }
    return new AgentId(text.substring(0, dot), text.substring(dot + 1));
  }

  /** Whether {@code text} can name a pack or an agent: 1 to 63 of a-z, 0-9, '-'. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  private static void check(String what, String name) {
    if (!isName(name)) {
      throw new AgentOsException(
          ErrorCode.INVALID_REQUEST,
          "The name of a "
              + what
              + " is 1 to 63 of a-z, 0-9 and '-', beginning with a letter; agents are written"
              + " PACK.AGENT.");
    }
  }

  @Override
  public String toString() {
    return pack + "." + agent;
  }
}
