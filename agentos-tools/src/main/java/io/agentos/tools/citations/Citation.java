package io.agentos.tools.citations;

/**
 * One place at which a text refers to a work.
 *
 * @param key as {@link Reference#key}
 * @param shown as it stands in the text
 */
record Citation(String key, int line, Style style, String shown) {
  /** How works are cited. */
  enum Style {
    /** A key: LaTeX or Markdown. */
    KEY("keys"),
    NUMBER("numbers"),
    AUTHOR_YEAR("author and year");

    private final String title;

    Style(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }
}
