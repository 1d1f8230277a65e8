package io.agentos.runtime.models;

import java.util.List;

/**
 * Which candidates are asked, in which order, and why. Part of a task's journal.
 *
 * @param strategy such as {@code cheapest}
 * @param options those that can be asked in their order, then those that cannot
 */
public record Choice(String strategy, List<Option> options) {
  /**
   * One candidate.
   *
   * @param candidate {@code PROVIDER/MODEL}, or the listed name where it stands for nothing
   * @param usable whether it is asked when those before it fail
   * @param reason why it stands where it stands, for people
   */
  public record Option(String candidate, boolean usable, String reason) {}

  public Choice {
    options = List.copyOf(options);
  }

  /** The names of those that are asked. */
  List<String> order() {
    return options.stream().filter(Option::usable).map(Option::candidate).toList();
  }
}
