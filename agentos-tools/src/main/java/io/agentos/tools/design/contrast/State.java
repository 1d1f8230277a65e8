package io.agentos.tools.design.contrast;

import java.util.Optional;

/** What a person does with an element, where a selector asks for it. */
enum State {
  HOVER("under the pointer"),
  FOCUS("with the focus"),
  ACTIVE("pressed"),
  VISITED("visited");

  private final String words;

  State(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  static Optional<State> of(String pseudoClass) {
    return switch (pseudoClass) {
      case "hover" -> Optional.of(HOVER);
      case "focus", "focus-visible", "focus-within" -> Optional.of(FOCUS);
      case "active" -> Optional.of(ACTIVE);
      case "visited" -> Optional.of(VISITED);
      default -> Optional.empty();
    };
  }
}
