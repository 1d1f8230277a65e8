package io.agentos.runtime.checkpoints;

import io.agentos.runtime.merkle.Hash;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The head of a tree over a log: how many entries, and the root of their hashes. Written as in C2SP
 * tlog-checkpoint.
 *
 * @param origin which log, such as {@code agentos/acme}
 */
record Checkpoint(String origin, long size, Hash root) {
  private static final Pattern SIZE = Pattern.compile("[1-9][0-9]{0,17}");

  /** The three lines that are signed. */
  String text() {
    return "%s\n%d\n%s\n".formatted(origin, size, root);
  }

  /** The checkpoint in a note, whoever signed it; empty when there is none in it. */
  static Optional<Checkpoint> of(String note) {
    List<String> lines = note.lines().limit(4).toList();
    if (lines.size() < 4 || !lines.get(3).isEmpty() || !SIZE.matcher(lines.get(1)).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Checkpoint(lines.get(0), Long.parseLong(lines.get(1)), Hash.parse(lines.get(2))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
