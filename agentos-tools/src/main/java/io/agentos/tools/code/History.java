package io.agentos.tools.code;

import java.time.LocalDate;
import java.util.Map;

/**
 * What the commits of the year up to the newest one changed; merges do not count, nor do commits
 * that touch so many files that they say nothing about one.
 *
 * @param commits how many were counted
 * @param people how many names they carry
 * @param changes by path
 * @param whole false when there were more commits than are read
 */
public record History(
    int commits,
    int people,
    LocalDate first,
    LocalDate last,
    Map<String, Change> changes,
    boolean whole) {

  /**
   * How often a file was changed.
   *
   * @param fixes commits whose subject speaks of a fault
   * @param people how many names the commits carry
   */
  public record Change(int commits, int fixes, int people) {
    public static final Change NONE = new Change(0, 0, 0);
  }

  Change of(SourceFile file) {
    return of(file.path());
  }

  /** What is known of a path; nothing counts as no commit. */
  public Change of(String path) {
    return changes.getOrDefault(path, Change.NONE);
  }
}
