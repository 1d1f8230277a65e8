package io.agentos.tools.code;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** Finds functions in languages with braces: looks at what stands before each brace that opens. */
final class BraceFunctions {
  private static final int NESTING_MAX = 1_000;
  private static final int HEADER_LENGTH_MAX = 2_000;

  /**
   * A brace that is open.
   *
   * @param name of the function it begins; empty when it begins none
   * @param parentheses how many were open before it
   * @param header where the head it belongs to began; -1 when the next one begins behind it
   */
  private record Open(String name, int line, int parentheses, int header) {}

  private static final Open OUTERMOST = new Open("", 0, 0, -1);

  private final String code;
  private final Language language;
  private final int[] lineStarts;
  private final Deque<Open> open = new ArrayDeque<>();
  private final List<Function> found = new ArrayList<>();

  BraceFunctions(String code, Language language) {
    this.code = code;
    this.language = language;
    this.lineStarts = lineStarts(code);
  }

  private static int[] lineStarts(String code) {
    int[] starts = new int[1 + Lines.ends(code)];
    int line = 0;
    for (int end = code.indexOf('\n'); end >= 0; end = code.indexOf('\n', end + 1)) {
      line++;
      starts[line] = end + 1;
    }
    return starts;
  }

  List<Function> all() {
    int header = 0;
    int parentheses = 0;
    for (int i = 0; i < code.length(); i++) {
      switch (code.charAt(i)) {
        case '(' -> parentheses++;
        case ')' -> parentheses = Math.max(0, parentheses - 1);
        case ';' -> header = parentheses == 0 ? i + 1 : header;
        case '{' -> {
          open(header, i, parentheses);
          parentheses = 0;
          header = i + 1;
        }
        case '}' -> {
          Open closed = close(i);
          parentheses = closed.parentheses();
          header = closed.header() < 0 ? i + 1 : closed.header();
        }
        default -> {}
      }
    }
    return found;
  }

  private void open(int headerStart, int brace, int parentheses) {
    int start = Math.max(headerStart, brace - HEADER_LENGTH_MAX);
    Header header = new Header(code.substring(start, brace), language);
    if (open.size() >= NESTING_MAX) {
      return;
    }
    if (header.goesOn()) {
      open.push(new Open("", 0, parentheses, headerStart));
      return;
    }
    Header.Name name = header.name();
    open.push(new Open(name.text(), line(start + name.offset()), parentheses, -1));
  }

  private Open close(int brace) {
    if (open.isEmpty()) {
      return OUTERMOST;
    }
    Open closed = open.pop();
    if (!closed.name().isEmpty()) {
      found.add(new Function(closed.name(), closed.line(), line(brace) - closed.line() + 1));
    }
    return closed;
  }

  private int line(int offset) {
    int place = Arrays.binarySearch(lineStarts, offset);
    return place >= 0 ? place + 1 : -place - 1;
  }
}
