package io.agentos.tools.code;

import java.util.List;

/** Finds the functions of a file, by braces or by indentation. */
final class Functions {
  private Functions() {}

  /**
   * The functions in a text.
   *
   * @param code without comments and strings, as {@link Masker} leaves it
   */
  static List<Function> in(String code, Language language) {
    return switch (language.shape()) {
      case TYPED, SCRIPT, KEYWORD -> new BraceFunctions(code, language).all();
      case PYTHON -> IndentedFunctions.ofPython(code);
      case END -> IndentedFunctions.upToEnd(code);
      case NONE -> List.of();
    };
  }
}
