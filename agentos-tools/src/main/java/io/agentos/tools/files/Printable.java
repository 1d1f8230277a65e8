package io.agentos.tools.files;

import java.util.Locale;

/**
 * Names and lines from a file system or a repository, made fit to be shown: one line, no control
 * characters, no endless length.
 */
public final class Printable {
  private static final int NAME_LENGTH_MAX = 300;

  private Printable() {}

  /** A path or a name to put into a message or a list; control characters become {@code ?}. */
  public static String name(String name) {
    return line(name, NAME_LENGTH_MAX);
  }

  /** One line of at most {@code lengthMax} characters; what is cut off ends in {@code …}. */
  public static String line(String line, int lengthMax) {
    String shown = line;
    if (line.length() > lengthMax) {
      int end = lengthMax - 1;
      shown = line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end);
      shown += "…";
    }
    return replaceControls(shown, false);
  }

  /** A number with commas between thousands, whatever the language of the machine. */
  public static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A text of many lines; line feeds and tabs stay, other control characters become {@code ?}. */
  public static String text(String text) {
    return replaceControls(text, true);
  }

  private static String replaceControls(String text, boolean keepLines) {
    StringBuilder shown = null;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (isPlain(character) || character == '\t' || (keepLines && character == '\n')) {
        continue;
      }
      if (shown == null) {
        shown = new StringBuilder(text);
      }
      shown.setCharAt(i, '?');
    }
    return shown == null ? text : shown.toString();
  }

  /** False also for the marks that turn the direction of text, which hide what a line says. */
  private static boolean isPlain(char character) {
    return !Character.isISOControl(character)
        && !(character >= '\u202A' && character <= '\u202E')
        && !(character >= '\u2066' && character <= '\u2069')
        && character != '\u2028'
        && character != '\u2029';
  }
}
