package io.agentos.tools.sql.rls;

/** How bad a finding is, worst first. */
enum Severity {
  /** Rows are open to people who should not have them, or one step from it. */
  HIGH("high", "High"),
  /** A guard is missing that something else must now make up for. */
  MEDIUM("medium", "Medium"),
  /** A habit that goes wrong later, costs time, or tells a little. */
  LOW("low", "Low");

  private final String id;
  private final String title;

  Severity(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /** As written in fields. */
  String id() {
    return id;
  }

  /** As written in headings. */
  String title() {
    return title;
  }
}
