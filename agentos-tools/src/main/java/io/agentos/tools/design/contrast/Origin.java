package io.agentos.tools.design.contrast;

/**
 * Where a value was declared.
 *
 * @param line counted from 1; 0 when nobody declared it
 * @param value as written
 */
record Origin(String source, int line, String value) {
  static final Origin BROWSER = new Origin("", 0, "");

  boolean isAuthors() {
    return line > 0;
  }
}
