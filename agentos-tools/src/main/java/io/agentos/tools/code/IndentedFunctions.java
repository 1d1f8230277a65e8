package io.agentos.tools.code;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds functions in languages whose blocks are told by columns. */
final class IndentedFunctions {
  private static final int TAB = 8;
  private static final Pattern PYTHON = Pattern.compile("^(?:async\\s+)?def\\s+(\\w+)");
  private static final Pattern UP_TO_END =
      Pattern.compile("^(?:local\\s+|private\\s+|protected\\s+)?(?:def|function)\\s+([\\w.:?!]+)");

  private IndentedFunctions() {}

  /** A function ends before the next line that is not deeper than its {@code def}. */
  static List<Function> ofPython(String code) {
    String[] lines = code.split("\n", -1);
    List<Function> found = new ArrayList<>();
    for (int i = 0; i < lines.length; i++) {
      Matcher matcher = PYTHON.matcher(lines[i].strip());
      if (matcher.find()) {
        found.add(new Function(matcher.group(1), i + 1, endOfPython(lines, i) - i));
      }
    }
    return found;
  }

  /** One past the last line. */
  private static int endOfPython(String[] lines, int start) {
    int column = column(lines[start]);
    int brackets = 0;
    int end = start + 1;
    for (int i = start; i < lines.length; i++) {
      boolean blank = lines[i].isBlank();
      if (i > start && brackets == 0 && !blank && column(lines[i]) <= column) {
        return end;
      }
      brackets = Math.max(0, brackets + balance(lines[i]));
      end = blank ? end : i + 1;
    }
    return end;
  }

  private static int balance(String line) {
    int balance = 0;
    for (int i = 0; i < line.length(); i++) {
      balance += "([{".indexOf(line.charAt(i)) >= 0 ? 1 : 0;
      balance -= ")]}".indexOf(line.charAt(i)) >= 0 ? 1 : 0;
    }
    return balance;
  }

  /** A function ends with the next {@code end} in its column. */
  static List<Function> upToEnd(String code) {
    String[] lines = code.split("\n", -1);
    List<Function> found = new ArrayList<>();
    for (int i = 0; i < lines.length; i++) {
      Matcher matcher = UP_TO_END.matcher(lines[i].strip());
      if (matcher.find()) {
        int end = endInColumn(lines, i);
        if (end > i) {
          found.add(new Function(matcher.group(1), i + 1, end - i + 1));
        }
      }
    }
    return found;
  }

  /** The line with the end, or -1 when another line in or before this column comes first. */
  private static int endInColumn(String[] lines, int start) {
    int column = column(lines[start]);
    for (int i = start + 1; i < lines.length; i++) {
      if (!lines[i].isBlank() && column(lines[i]) <= column) {
        String first = lines[i].strip();
        boolean inner =
            first.startsWith("rescue") || first.startsWith("ensure") || first.startsWith(")");
        if (!inner) {
          return first.matches("end\\b.*") ? i : -1;
        }
      }
    }
    return -1;
  }

  private static int column(String line) {
    int column = 0;
    for (int i = 0; i < line.length(); i++) {
      switch (line.charAt(i)) {
        case ' ' -> column++;
        case '\t' -> column += TAB - column % TAB;
        default -> {
          return column;
        }
      }
    }
    return column;
  }
}
