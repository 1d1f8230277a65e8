package io.agentos.tools.files;

import java.util.ArrayList;
import java.util.List;

/**
 * The characters a bracket such as {@code [a-z]}, {@code [!0-9]} or {@code [[:space:]_]} stands
 * for.
 *
 * @param ranges those listed
 * @param negated whether it stands for all others
 */
record CharacterClass(List<Range> ranges, boolean negated) {
  /** From one character to another, both included. */
  record Range(char first, char last) {}

  /** A bracket, and where the pattern goes on after it; -1 when the bracket never closes. */
  record Parsed(CharacterClass characters, int end) {}

  CharacterClass {
    ranges = List.copyOf(ranges);
  }

  boolean contains(char character) {
    for (Range range : ranges) {
      if (character >= range.first() && character <= range.last()) {
        return !negated;
      }
    }
    return negated;
  }

  /** Reads the bracket that opens at {@code open}; a {@code ]} right behind it is a member. */
  static Parsed parse(String pattern, int open) {
    int at = open + 1;
    boolean negated = at < pattern.length() && "!^".indexOf(pattern.charAt(at)) >= 0;
    at += negated ? 1 : 0;
    List<Range> ranges = new ArrayList<>();
    boolean first = true;
    while (at < pattern.length() && (first || pattern.charAt(at) != ']')) {
      first = false;
      at = member(pattern, at, ranges);
      if (at < 0) {
        break;
      }
    }
    boolean closed = at >= 0 && at < pattern.length();
    return new Parsed(new CharacterClass(ranges, negated), closed ? at + 1 : -1);
  }

  private static int member(String pattern, int at, List<Range> ranges) {
    if (pattern.startsWith("[:", at)) {
      int end = pattern.indexOf(":]", at + 2);
      if (end >= 0) {
        return named(pattern.substring(at + 2, end), ranges) ? end + 2 : -1;
      }
    }
    int first = escaped(pattern, at);
    if (first >= pattern.length()) {
      return -1;
    }
    int dash = first + 1;
    boolean range =
        dash + 1 < pattern.length()
            && pattern.charAt(dash) == '-'
            && pattern.charAt(dash + 1) != ']';
    if (!range) {
      ranges.add(new Range(pattern.charAt(first), pattern.charAt(first)));
      return dash;
    }
    int last = escaped(pattern, dash + 1);
    if (last >= pattern.length()) {
      return -1;
    }
    ranges.add(new Range(pattern.charAt(first), pattern.charAt(last)));
    return last + 1;
  }

  private static int escaped(String pattern, int at) {
    return pattern.charAt(at) == '\\' ? at + 1 : at;
  }

  private static boolean named(String name, List<Range> ranges) {
    String members =
        switch (name) {
          case "alnum" -> "azAZ09";
          case "alpha" -> "azAZ";
          case "blank" -> "  \t\t";
          case "cntrl" -> "\u0000\u001F\u007F\u007F";
          case "digit" -> "09";
          case "graph" -> "!~";
          case "lower" -> "az";
          case "print" -> " ~";
          case "punct" -> "!/:@[`{~";
          case "space" -> "  \t\r";
          case "upper" -> "AZ";
          case "xdigit" -> "09afAF";
          default -> "";
        };
    for (int i = 0; i < members.length(); i += 2) {
      ranges.add(new Range(members.charAt(i), members.charAt(i + 1)));
    }
    return !members.isEmpty();
  }
}
