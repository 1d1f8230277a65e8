package io.agentos.server.cli;

/**
 * Texts as a person who decides must see them: what a terminal would not show, or would show
 * elsewhere than it stands, is written as {@code \}{@code uXXXX}. So no text can hide a part of
 * itself, turn its direction, or pass for another with a blank that is none.
 */
final class Visible {
  private Visible() {}

  /** The text with each character that cannot be seen escaped; line breaks stay. */
  static String text(String text) {
    StringBuilder visible = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          if (c == '\n' || isVisible(c)) {
            visible.appendCodePoint(c);
          } else {
            for (char half : Character.toChars(c)) {
              visible.append("\\u%04x".formatted((int) half));
            }
          }
        });
    return visible.toString();
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> !isBlankLetter(c);
    };
  }

  /** Letters by their category, blanks to the eye: the Hangul fillers and the Braille blank. */
  private static boolean isBlankLetter(int c) {
    return c == 0x115f || c == 0x1160 || c == 0x3164 || c == 0xffa0 || c == 0x2800;
  }
}
