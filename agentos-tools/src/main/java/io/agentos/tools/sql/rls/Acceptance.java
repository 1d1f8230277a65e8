package io.agentos.tools.sql.rls;

/** Writes the mark by which people say that something is on purpose. */
final class Acceptance {
  private Acceptance() {}

  /** A text literal for COMMENT ON that keeps the comment there is and adds the mark. */
  static String comment(String existing, Rule rule, String why) {
    String mark = "rls-ok: %s, %s".formatted(rule.id(), why);
    String text = existing.isBlank() ? mark : existing + "\n" + mark;
    String quoted = "'" + text.replace("'", "''") + "'";
    return text.contains("\\") ? " E" + quoted.replace("\\", "\\\\") : quoted;
  }
}
