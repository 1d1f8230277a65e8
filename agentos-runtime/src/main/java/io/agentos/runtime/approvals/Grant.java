package io.agentos.runtime.approvals;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A yes given beforehand.
 *
 * @param terms what it allows
 * @param used how many calls it has let run, at most {@code terms.countMax}
 * @param role the role of who granted it, which must count for what it answers
 */
public record Grant(
    String id,
    Terms terms,
    int used,
    String grantedBy,
    String role,
    Instant createdAt,
    @Nullable String revokedBy,
    @Nullable Instant revokedAt) {

  /**
   * What a grant allows.
   *
   * @param tool a tool, {@code GROUP.*}, or {@code *} for every tool
   * @param agent an agent, {@code PACK.*}, or {@code *} for every agent
   * @param bounds what the arguments must be; those it does not name may be anything
   * @param red whether it also answers what would act in zone red; only an admin grants that
   * @param countMax how many calls, 1 to 1,000,000
   * @param expiresAt until when
   * @param reason why, for whoever reads the audit log
   */
  public record Terms(
      String tool,
      String agent,
      List<GrantBound> bounds,
      boolean red,
      int countMax,
      Instant expiresAt,
      String reason) {
    public static final int COUNT_MAX = 1_000_000;
    public static final int BOUNDS_MAX = 20;
    private static final String PART = "[a-z][a-z0-9_-]{0,62}";
    private static final Pattern PATTERN = Pattern.compile("\\*|" + PART + "\\.(\\*|" + PART + ")");

    public Terms {
      bounds = List.copyOf(bounds);
      mustBePattern("tool", tool);
      mustBePattern("agent", agent);
      if (bounds.size() > BOUNDS_MAX || countMax < 1 || countMax > COUNT_MAX) {
        throw new AgentOsException(
            ErrorCode.INVALID_REQUEST,
            "A grant has at most %d bounds and is for 1 to %,d calls."
                .formatted(BOUNDS_MAX, COUNT_MAX));
      }
      if (reason.isBlank() || reason.length() > 2_000) {
        throw new AgentOsException(
            ErrorCode.INVALID_REQUEST, "A grant has a reason of 1 to 2,000 characters.");
      }
    }

    /** Whether a text can name tools or agents: {@code *}, {@code GROUP.*} or a full name. */
    public static boolean isPattern(String text) {
      return PATTERN.matcher(text).matches();
    }

    /** Whether it is about this call of this agent, and within its bounds. */
    boolean covers(Question question) {
      return fits(tool, question.tool().name())
          && fits(agent, question.agent().toString())
          && bounds.stream().allMatch(bound -> bound.holds(question.call().arguments()));
    }

    private static boolean fits(String pattern, String name) {
      return pattern.equals("*")
          || pattern.equals(name)
          || (pattern.endsWith(".*")
              && name.startsWith(pattern.substring(0, pattern.length() - 1)));
    }

    private static void mustBePattern(String what, String text) {
      if (!isPattern(text)) {
        throw new AgentOsException(
            ErrorCode.INVALID_REQUEST,
            "The %s of a grant is a full name, a group such as 'mail.*', or '*'.".formatted(what));
      }
    }
  }
}
