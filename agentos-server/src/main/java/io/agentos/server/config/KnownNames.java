package io.agentos.server.config;

import io.agentos.runtime.definitions.Nearest;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/** The known name that someone most likely meant by an unknown one. */
final class KnownNames {
  private KnownNames() {}

  /**
   * The name with the fewest edits to {@code text}, else the first one that begins or ends with it
   * as a word; empty when there is neither.
   */
  static Optional<String> nearest(String text, Collection<String> names) {
    return Nearest.of(text, names)
        .or(() -> names.stream().sorted().filter(name -> hasWord(name, text)).findFirst());
  }

  private static boolean hasWord(String name, String word) {
    return Stream.of(".", "_")
        .anyMatch(between -> name.startsWith(word + between) || name.endsWith(between + word));
  }
}
