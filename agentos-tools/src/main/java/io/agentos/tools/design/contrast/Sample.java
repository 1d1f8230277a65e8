package io.agentos.tools.design.contrast;

import io.agentos.tools.report.Rule;
import io.agentos.tools.report.Severity;
import org.jsoup.nodes.Element;

/**
 * One thing seen on one element under one circumstance.
 *
 * @param what what is wrong, the same for all elements it is wrong with for the same reason
 * @param fix how to mend it
 */
record Sample(
    Rule rule, Severity severity, Element element, String what, String fix, String circumstance) {

  /** What samples of one finding have in common. */
  String key() {
    return rule.id() + "\n" + what + "\n" + fix;
  }
}
