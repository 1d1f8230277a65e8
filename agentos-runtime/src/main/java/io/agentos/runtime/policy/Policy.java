package io.agentos.runtime.policy;

import java.util.List;

/**
 * A named set of rules, as one document holds it.
 *
 * @param pack the pack whose file it is; empty in the other layers
 * @param file where it was read, for people; no part of the policy version
 * @param rules in the order of the document, which means nothing
 */
public record Policy(
    String name, String description, Layer layer, String pack, String file, List<Rule> rules) {

  /** A policy of the base layer that comes from no file. */
  public Policy(String name, String description, List<Rule> rules) {
    this(name, description, Layer.BASE, "", "", rules);
  }

  public Policy {
    rules = List.copyOf(rules);
    if (rules.stream().map(Rule::name).distinct().count() < rules.size()) {
      throw new IllegalArgumentException("two rules of one name in policy " + name);
    }
  }

  /** The name with its layer, such as {@code default} or {@code tenant:night-shift}. */
  public String id() {
    return switch (layer) {
      case BASE -> name;
      case PACK -> "pack.%s:%s".formatted(pack, name);
      case ENVIRONMENT, TENANT -> layer.text() + ":" + name;
    };
  }
}
