package io.agentos.tools.findings;

/** How much a finding weighs, the heaviest first. */
public enum Severity {
  /** Does harm as it is. */
  HIGH("high", "High"),
  /** Does harm under circumstances that are to be expected. */
  MEDIUM("medium", "Medium"),
  /** A habit that costs later, or something to know. */
  LOW("low", "Low");

  private final String id;
  private final String title;

  Severity(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /** As written in fields. */
  public String id() {
    return id;
  }

  /** As written in headings. */
  public String title() {
    return title;
  }
}
