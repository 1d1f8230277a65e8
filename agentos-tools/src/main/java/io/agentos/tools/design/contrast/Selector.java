package io.agentos.tools.design.contrast;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jsoup.select.Evaluator;

/**
 * A selector, taken apart into what the document answers and what a person does.
 *
 * @param specificity of CSS Selectors 4, as one number
 * @param anyOf of each set one state must hold
 * @param noneOf none of these may hold
 * @param placeholder whether it styles the placeholder of a field and not the field
 * @param key what every match has, such as {@code #id}, {@code .class} or {@code tag}; {@code *}
 *     where nothing can be said
 */
record Selector(
    Evaluator evaluator,
    int specificity,
    List<Set<State>> anyOf,
    Set<State> noneOf,
    boolean placeholder,
    String key) {

  /** Whether it holds while these states do. */
  boolean holds(Set<State> states) {
    for (Set<State> one : anyOf) {
      Set<State> both = EnumSet.noneOf(State.class);
      both.addAll(one);
      both.retainAll(states);
      if (both.isEmpty()) {
        return false;
      }
    }
    return noneOf.stream().noneMatch(states::contains);
  }

  /** The states it speaks of. */
  Set<State> states() {
    Set<State> states = EnumSet.noneOf(State.class);
    anyOf.forEach(states::addAll);
    states.addAll(noneOf);
    return states;
  }
}
