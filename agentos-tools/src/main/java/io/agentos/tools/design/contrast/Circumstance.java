package io.agentos.tools.design.contrast;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Under what a page is looked at.
 *
 * @param dark whether the person prefers dark colours
 * @param widthPx of the window
 * @param theme the attribute or class that the page's root is given, such as {@code
 *     data-theme=dark}; empty for none
 * @param states what is done with every element at once
 */
record Circumstance(boolean dark, int widthPx, String theme, Set<State> states) {
  static final int WIDE_PX = 1_280;
  static final int NARROW_PX = 360;
  static final int HEIGHT_PX = 800;

  /** The same without states. */
  Circumstance atRest() {
    return new Circumstance(dark, widthPx, theme, Set.of());
  }

  /** For people; empty for light, wide and at rest. */
  String words() {
    List<String> words = new ArrayList<>();
    if (dark) {
      words.add("dark colour scheme");
    }
    if (!theme.isEmpty()) {
      words.add("with " + theme);
    }
    if (widthPx == NARROW_PX) {
      words.add(NARROW_PX + " px wide");
    }
    if (!states.isEmpty()) {
      words.add(states.iterator().next().words());
    }
    return String.join(", ", words);
  }
}
