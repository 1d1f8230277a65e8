package io.agentos.tools.design.a11y;

import io.agentos.tools.html.HtmlPage;
import io.agentos.tools.report.Finding;
import io.agentos.tools.report.Rule;
import io.agentos.tools.report.Severity;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Element;

/** A page while it is looked over, and what was found so far. Owned by one thread. */
final class Scan {
  private static final int PER_RULE_MAX = 60;

  private final HtmlPage page;
  private final Names names;
  private final List<Finding> findings = new ArrayList<>();

  Scan(HtmlPage page) {
    this.page = page;
    this.names = new Names(page.document());
  }

  HtmlPage page() {
    return page;
  }

  Names names() {
    return names;
  }

  List<Element> all(String selector) {
    return page.all(selector);
  }

  void add(Rule rule, Severity severity, Element element, String what, String fix) {
    long same =
        findings.stream().filter(one -> one.rule().equals(rule)).limit(PER_RULE_MAX).count();
    if (same < PER_RULE_MAX) {
      findings.add(new Finding(rule, severity, page.place(element), what, fix));
    }
  }

  List<Finding> findings() {
    return findings;
  }

  /** Whether nobody gets to see or hear an element. */
  static boolean isHidden(Element element) {
    return element.closest(
            "[hidden], template, noscript, [style*=display:none], [style*=display: none]")
        != null;
  }

  /** Whether screen readers pass an element over. */
  static boolean isSilent(Element element) {
    return isHidden(element) || element.closest("[aria-hidden=true]") != null;
  }
}
