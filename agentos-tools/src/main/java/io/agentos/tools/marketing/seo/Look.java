package io.agentos.tools.marketing.seo;

import io.agentos.tools.html.HtmlPage;
import io.agentos.tools.report.Finding;
import io.agentos.tools.report.Place;
import io.agentos.tools.report.Rule;
import io.agentos.tools.report.Severity;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsoup.nodes.Element;

/** A page while it is audited, and what was found so far. Owned by one thread. */
final class Look {
  private static final int PER_RULE_MAX = 30;

  private final HtmlPage page;
  private final Optional<URI> address;
  private final List<Finding> findings = new ArrayList<>();

  Look(HtmlPage page, Optional<URI> address) {
    this.page = page;
    this.address = address;
  }

  HtmlPage page() {
    return page;
  }

  /** Where the page stands, when the caller said so. */
  Optional<URI> address() {
    return address;
  }

  List<Element> all(String selector) {
    return page.all(selector);
  }

  void add(Rule rule, Severity severity, Element element, String what, String fix) {
    add(rule, severity, page.place(element), what, fix);
  }

  /** A finding about the page as a whole. */
  void add(Rule rule, Severity severity, String what, String fix) {
    add(rule, severity, new Place(page.name(), 0, ""), what, fix);
  }

  private void add(Rule rule, Severity severity, Place place, String what, String fix) {
    long same =
        findings.stream().filter(one -> one.rule().equals(rule)).limit(PER_RULE_MAX).count();
    if (same < PER_RULE_MAX) {
      findings.add(new Finding(rule, severity, place, what, fix));
    }
  }

  List<Finding> findings() {
    return findings;
  }
}
