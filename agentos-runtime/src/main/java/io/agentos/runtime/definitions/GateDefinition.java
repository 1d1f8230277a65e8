package io.agentos.runtime.definitions;

import io.agentos.api.Quorum;
import java.time.Duration;
import java.util.List;

/**
 * A gate as its document defines it.
 *
 * @param name unique among the gates of the installation and of one pack
 * @param at where it stands, at least one place, each once
 * @param check what it checks, with its options
 * @param onFinding what it does with what it finds
 * @param quorum who must say yes where it asks people
 * @param timeout after which it blocks, 1 to 30 seconds
 */
public record GateDefinition(
    String name,
    String description,
    List<GatePlace> at,
    GateCheck check,
    OnFinding onFinding,
    Quorum quorum,
    GateMatch match,
    Duration timeout) {
  /** The time of a gate that names none. */
  public static final Duration TIMEOUT_DEFAULT = Duration.ofSeconds(2);

  /** The longest time a gate may take. */
  public static final Duration TIMEOUT_MAX = Duration.ofSeconds(30);

  /** The gate that stood before every agent when gates had no documents yet. */
  static final GateDefinition SECRETS =
      new GateDefinition(
          "secrets",
          "Keeps credentials from leaving.",
          List.of(GatePlace.MODEL, GatePlace.OUTPUT),
          new GateCheck.Secrets(),
          OnFinding.BLOCK,
          Quorum.ONE,
          GateMatch.EVERYTHING,
          TIMEOUT_DEFAULT);

  public GateDefinition {
    at = List.copyOf(at);
  }
}
