package io.agentos.runtime.secrets;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Who may get a secret: an argument of a tool, called by an agent; both must be named.
 *
 * @param tools each {@code TOOL/ARGUMENT}, such as {@code crm.post/token}; at most {@value #MAX}
 * @param agents each {@code PACK.AGENT} or {@code PACK.*}; at most {@value #MAX}
 */
public record SecretAllowance(List<String> tools, List<String> agents) {
  /** The longest list of either. */
  public static final int MAX = 50;

  /** Nobody. */
  public static final SecretAllowance NONE = new SecretAllowance(List.of(), List.of());

  private static final Pattern TOOL =
      Pattern.compile(
          "(?:[a-z][a-z0-9_]{0,30}\\.[a-z][a-z0-9_]{0,30}|mcp\\.[a-z][a-z0-9_]{0,15}\\.[a-z][a-z0-9_]{0,39})"
              + "/[A-Za-z_][A-Za-z0-9_.-]{0,62}");
  private static final Pattern AGENT =
      Pattern.compile("[a-z][a-z0-9-]{0,62}\\.(\\*|[a-z][a-z0-9-]{0,62})");

  /**
   * Checks the shape.
   *
   * @throws AgentOsException INVALID_REQUEST
   */
  public SecretAllowance {
    tools = sorted(tools, TOOL, "tools", "TOOL/ARGUMENT, such as crm.post/token");
    agents = sorted(agents, AGENT, "agents", "PACK.AGENT or PACK.*, such as sales.clerk");
  }

  /** Whether this argument of this tool may get it from this agent. */
  boolean covers(AgentId agent, String tool, String argument) {
    return tools.contains(tool + "/" + argument)
        && (agents.contains(agent.toString()) || agents.contains(agent.pack() + ".*"));
  }

  private static List<String> sorted(
      List<String> words, Pattern shape, String field, String wanted) {
    if (words.size() > MAX) {
      throw new AgentOsException(
          ErrorCode.INVALID_REQUEST,
          "A secret names at most %d %s, not %d.".formatted(MAX, field, words.size()));
    }
    for (String word : words) {
      if (!shape.matcher(word).matches()) {
        throw AgentOsException.ofFields(
            ErrorCode.INVALID_REQUEST,
            "The request has a field that does not fit.",
            List.of(new AgentOsException.FieldError(field, "each must be " + wanted)));
      }
    }
    return words.stream().distinct().sorted().toList();
  }
}
