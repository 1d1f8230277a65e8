package io.agentos.tools.dependencies;

import java.util.Locale;

/** Finds names in lock files of all kinds, which hold them between quotes, slashes and blanks. */
final class LockNames {
  private LockNames() {}

  /** Whether a name stands in the text as a word of its own; underscores and hyphens are alike. */
  static boolean holds(String text, String name) {
    return stands(text, name)
        || (name.contains("_") && stands(text, name.replace('_', '-')))
        || (name.contains("-") && stands(text, name.replace('-', '_')))
        || (!name.equals(name.toLowerCase(Locale.ROOT))
            && stands(text, name.toLowerCase(Locale.ROOT)));
  }

  private static boolean stands(String text, String name) {
    for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
      boolean begins = at == 0 || !continues(text.charAt(at - 1), name.charAt(0) == '@');
      int end = at + name.length();
      if (begins && (end == text.length() || !continues(text.charAt(end), false))) {
        return true;
      }
    }
    return false;
  }

  private static boolean continues(char character, boolean scoped) {
    return !scoped
        && (Character.isLetterOrDigit(character) || character == '-' || character == '_');
  }
}
