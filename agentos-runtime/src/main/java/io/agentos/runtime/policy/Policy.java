package io.agentos.runtime.policy;

import java.util.List;

/**
 * A named set of rules, as one document holds it.
 *
 * @param rules in the order of the document, which means nothing
 */
public record Policy(String name, String description, List<Rule> rules) {
  public Policy {
    rules = List.copyOf(rules);
    if (rules.stream().map(Rule::name).distinct().count() < rules.size()) {
      throw new IllegalArgumentException("two rules of one name in policy " + name);
    }
  }
}
