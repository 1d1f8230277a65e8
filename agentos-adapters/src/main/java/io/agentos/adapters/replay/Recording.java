package io.agentos.adapters.replay;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.api.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A conversation's answers, one per turn.
 *
 * @param name by which agents ask for it: the model {@code NAME} of provider {@code replay}
 * @param systemDigest the {@link #digest} of the system prompt it was recorded for, by which it is
 *     found when no model is named; empty to be found by name only
 * @param turns the answers in order, 1 to {@value #TURNS_MAX}
 */
public record Recording(String name, String systemDigest, List<Completion> turns) {
  /** The longest conversation that can be recorded. */
  public static final int TURNS_MAX = 1_000;

  private static final Pattern DIGEST = Pattern.compile("|[0-9a-f]{64}");

  public Recording {
    turns = List.copyOf(turns);
    if (!AgentId.isName(name)) {
      throw wrong("A recording is named by 1 to 63 of a-z, 0-9 and '-', beginning with a letter.");
    }
    if (!DIGEST.matcher(systemDigest).matches()) {
      throw wrong("Recording %s: systemSha256 must be 64 of 0-9 and a-f.".formatted(name));
    }
    if (turns.isEmpty() || turns.size() > TURNS_MAX) {
      throw wrong(
          "Recording %s has %d turns; allowed are 1 to %d."
              .formatted(name, turns.size(), TURNS_MAX));
    }
  }

  /** The SHA-256 of a system prompt's UTF-8 bytes, in lower-case hexadecimal. */
  public static String digest(String system) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(system.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The answer of a turn, counted from 0; empty after the last. */
  Optional<Completion> turn(int turn) {
    return turn < turns.size() ? Optional.of(turns.get(turn)) : Optional.empty();
  }

  private static AgentOsException wrong(String message) {
    return new AgentOsException(ErrorCode.INVALID_DEFINITION, message);
  }
}
