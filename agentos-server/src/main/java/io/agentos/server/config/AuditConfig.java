package io.agentos.server.config;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where copies of the audit log go as it grows.
 *
 * @param fileOrNull absolute; null for no file
 * @param fileBytesMax from here on a file counts as full, and another is begun
 * @param filesMax full files that are kept
 * @param begin {@code first} for a new place to be told the whole log, {@code head} for what comes
 */
public record AuditConfig(@Nullable Path fileOrNull, int fileBytesMax, int filesMax, String begin) {
  public AuditConfig {
    if (fileOrNull != null) {
      Keys.AUDIT_FILE.check(fileOrNull);
    }
    Keys.AUDIT_FILE_BYTES_MAX.check((long) fileBytesMax);
    Keys.AUDIT_FILES_MAX.check((long) filesMax);
    Keys.AUDIT_BEGIN.check(begin);
  }

  /** The file to write to; empty for none. */
  public Optional<Path> file() {
    return Optional.ofNullable(fileOrNull);
  }

  /** Whether a place that is new is told only what comes. */
  public boolean fromHead() {
    return begin.equals("head");
  }
}
