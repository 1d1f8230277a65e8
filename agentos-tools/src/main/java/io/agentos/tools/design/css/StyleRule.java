package io.agentos.tools.design.css;

import java.util.List;

/**
 * A selector list with its declarations.
 *
 * @param selectors one complex selector each, nesting resolved
 * @param conditions the at-rules around it, outermost first
 * @param layer the cascade layer; empty when there is none
 * @param line of the selector, counted from 1
 */
public record StyleRule(
    List<String> selectors,
    List<Declaration> declarations,
    List<Condition> conditions,
    String layer,
    int line) {

  /** An at-rule that says when what it holds applies, such as {@code media} with its query. */
  public record Condition(String name, String query) {}

  public StyleRule {
    selectors = List.copyOf(selectors);
    declarations = List.copyOf(declarations);
    conditions = List.copyOf(conditions);
  }
}
