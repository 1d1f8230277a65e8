package io.agentos.server.config;

import java.nio.file.Path;
import java.util.List;

/**
 * What someone set a key to, not yet checked.
 *
 * @param values one text, or the entries of a list
 */
record Setting(String path, List<String> values, Origin origin) {
  Setting {
    values = List.copyOf(values);
  }

  /** The setting as one text. */
  String text() {
    return String.join(",", values);
  }

  /**
   * Where a setting was found.
   *
   * @param name for messages, such as {@code agentos.yaml:3}, {@code --port} or a variable
   * @param folder what relative paths in it are relative to
   * @param file whether others may read it, so that it must hold no secret
   */
  record Origin(String name, Path folder, boolean file) {}
}
