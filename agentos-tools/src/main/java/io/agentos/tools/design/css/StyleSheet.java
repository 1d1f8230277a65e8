package io.agentos.tools.design.css;

import java.util.List;

/**
 * A style sheet that was read.
 *
 * @param name to be shown
 * @param imports what {@code @import} names; not read
 * @param layers in the order of their first mention
 * @param problems what could not be read, each with its line
 */
public record StyleSheet(
    String name,
    List<StyleRule> rules,
    List<String> imports,
    List<String> layers,
    List<Problem> problems) {

  /** Something that is not CSS, or more than is read. */
  public record Problem(int line, String message) {}

  public StyleSheet {
    rules = List.copyOf(rules);
    imports = List.copyOf(imports);
    layers = List.copyOf(layers);
    problems = List.copyOf(problems);
  }
}
