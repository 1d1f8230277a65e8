package io.agentos.server.config;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the audit log is signed.
 *
 * @param keyOrNull null for the key kept in the data directory
 * @param name the first part of the origin of each tenant's log
 * @param witnessOrNull whom to tell each checkpoint; null for nobody
 * @param every how long entries wait at most
 * @param entriesMax how many entries wait at most
 */
public record CheckpointConfig(
    @Nullable Secret keyOrNull,
    String name,
    @Nullable URI witnessOrNull,
    Duration every,
    int entriesMax) {
  public CheckpointConfig {
    Keys.CHECKPOINTS_NAME.check(name);
    Keys.CHECKPOINTS_EVERY.check(every);
    Keys.CHECKPOINTS_ENTRIES_MAX.check((long) entriesMax);
  }

  /** The key to use; empty for the one kept in the data directory. */
  public Optional<Secret> key() {
    return Optional.ofNullable(keyOrNull);
  }
}
