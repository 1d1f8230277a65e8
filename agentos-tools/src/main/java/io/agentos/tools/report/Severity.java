package io.agentos.tools.report;

/** How much a finding weighs. Ordered: the worst first. */
public enum Severity {
  HIGH("high", "High"),
  MEDIUM("medium", "Medium"),
  LOW("low", "Low");

  private final String id;
  private final String title;

  Severity(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /** As written in fields, for good. */
  public String id() {
    return id;
  }

  /** For people. */
  public String title() {
    return title;
  }
}
