package io.agentos.tools.code;

import io.agentos.tools.files.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A note that somebody left in a comment for later.
 *
 * @param kind TODO, FIXME, HACK or XXX
 * @param text the line it stands in, from the mark on
 */
record Mark(String path, int line, String kind, String text) {
  private static final int TEXT_LENGTH_MAX = 140;
  private static final List<String> KINDS = List.of("TODO", "FIXME", "HACK", "XXX");
  private static final Pattern KIND = Pattern.compile("\\b(" + String.join("|", KINDS) + ")\\b");

  /** The marks in the comments of a file, one a line. */
  static List<Mark> in(String path, String comments) {
    if (KINDS.stream().noneMatch(comments::contains)) {
      return List.of();
    }
    List<Mark> marks = new ArrayList<>();
    String[] lines = comments.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      Matcher matcher = KIND.matcher(lines[i]);
      if (matcher.find()) {
        String text = lines[i].substring(matcher.start()).replaceFirst("(?:\\*/|-->)\\s*$", "");
        marks.add(
            new Mark(path, i + 1, matcher.group(1), Printable.line(text.strip(), TEXT_LENGTH_MAX)));
      }
    }
    return marks;
  }
}
