package io.agentos.runtime.definitions;

import java.util.Locale;

/** What a text can look like, as agents name it in {@code shapes}. */
public enum Shape {
  /** Statements of SQL that define tables and policies. */
  SQL_SCHEMA,
  /** SQL that changes tables that are there. */
  SQL_MIGRATION,
  /** SQL that asks or writes rows. */
  SQL_QUERY,
  /** A web page. */
  HTML,
  /** A style sheet. */
  CSS,
  /** A table with separators. */
  CSV,
  /** JSON of any kind. */
  JSON,
  /** Design tokens in the JSON of the Design Tokens Community Group. */
  DESIGN_TOKENS,
  /** A report of test runs in the XML of JUnit. */
  JUNIT_XML,
  /** Manifests of Kubernetes. */
  KUBERNETES,
  /** The AndroidManifest.xml of an app. */
  ANDROID_MANIFEST,
  /** The Info.plist of an app. */
  PLIST,
  /** A patch, as git and diff write it. */
  DIFF,
  /** Lines of a log. */
  LOG,
  /** The stack trace of a program that failed. */
  STACK_TRACE,
  /** References in BibTeX. */
  BIBTEX,
  /** A text that cites sources. */
  CITATIONS,
  /** The text of a contract. */
  CONTRACT,
  /** A text in Markdown. */
  MARKDOWN,
  /** The address of a web page. */
  URL;

  /** As agents write it, such as {@code sql-schema}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
