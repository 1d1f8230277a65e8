package io.agentos.tools.design.css;

import java.util.List;

/** A selector in a rule that stands in another rule. */
final class Nesting {
  private Nesting() {}

  /**
   * The selector as it would stand alone: {@code &} is the parent, and leads where it is absent.
   */
  static String resolved(String selector, List<String> parents) {
    if (parents.isEmpty()) {
      return selector;
    }
    String parent = parents.size() == 1 ? parents.getFirst() : ":is(%s)".formatted(joined(parents));
    StringBuilder resolved = new StringBuilder();
    boolean named = false;
    int at = 0;
    while (at < selector.length()) {
      char one = selector.charAt(at);
      if (one == '&') {
        resolved.append(at == 0 ? parent : ":is(%s)".formatted(joined(parents)));
        named = true;
        at++;
      } else if (one == '(') {
        resolved.append(one);
        at++;
      } else {
        int next = CssText.skip(selector, at);
        resolved.append(selector, at, next);
        at = next;
      }
    }
    if (named) {
      return resolved.toString();
    }
    return parent + " " + resolved;
  }

  private static String joined(List<String> parents) {
    return String.join(", ", parents);
  }
}
