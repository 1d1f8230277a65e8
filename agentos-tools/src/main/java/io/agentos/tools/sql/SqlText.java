package io.agentos.tools.sql;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** SQL as a task gives it: the text, or the name of a file that ends in {@code .sql}. */
final class SqlText {
  private static final int PATH_LENGTH_MAX = 4_096;

  private SqlText() {}

  /**
   * The SQL behind a value.
   *
   * @throws AgentOsException as {@link SqlFiles#read}, and INVALID_ARGUMENTS when it is too long or
   *     no text
   */
  static String of(String value, SqlFiles files) {
    String text = isPath(value.strip()) ? files.read(value.strip()) : value;
    if (text.getBytes(StandardCharsets.UTF_8).length > SqlFiles.BYTES_MAX) {
      throw new AgentOsException(
          ErrorCode.INVALID_ARGUMENTS,
          "The SQL is longer than %d MiB. Leave out the rows and keep the definitions."
              .formatted(SqlFiles.BYTES_MAX / (1024 * 1024)));
    }
    if (text.indexOf('\0') >= 0) {
      throw new AgentOsException(
          ErrorCode.INVALID_ARGUMENTS, "The SQL contains a NUL character; it is not plain text.");
    }
    return text;
  }

  private static boolean isPath(String text) {
    return text.length() <= PATH_LENGTH_MAX
        && text.toLowerCase(Locale.ROOT).endsWith(".sql")
        && text.indexOf('\n') < 0
        && text.indexOf(';') < 0;
  }
}
