package io.agentos.tools.citations;

import io.agentos.tools.files.Printable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads BibTeX as BibTeX does: braces, quotes, strings that are joined, comments. One use. */
final class Bibtex {
  static final int ENTRIES_MAX = 10_000;
  private static final int VALUE_LENGTH_MAX = 20_000;

  private final String text;
  private final List<Reference> references = new ArrayList<>();
  private final List<Fault> faults = new ArrayList<>();
  private final Map<String, String> strings = new HashMap<>();
  private int at;
  private int countedTo;
  private int line = 1;

  /** Something that cannot be read. */
  record Fault(int line, String what) {}

  /** What was read, and what could not be. */
  record Result(List<Reference> references, List<Fault> faults) {}

  private Bibtex(String text) {
    this.text = text;
  }

  static Result read(String text) {
    Bibtex bibtex = new Bibtex(text);
    bibtex.run();
    return new Result(List.copyOf(bibtex.references), List.copyOf(bibtex.faults));
  }

  private void run() {
    while (references.size() < ENTRIES_MAX) {
      int next = text.indexOf('@', at);
      if (next < 0) {
        return;
      }
      at = next + 1;
      int startedOn = lineOf(next);
      String type = word().toLowerCase(Locale.ROOT);
      skipBlanks();
      if (type.isEmpty() || at >= text.length() || "{(".indexOf(text.charAt(at)) < 0) {
        continue;
      }
      char close = text.charAt(at) == '{' ? '}' : ')';
      at++;
      switch (type) {
        case "comment", "preamble" -> skipTo(close);
        case "string" -> fields(startedOn, close, strings);
        default -> entry(startedOn, next, type, close);
      }
    }
  }

  private void entry(int startedOn, int start, String type, char close) {
    skipBlanks();
    int from = at;
    while (at < text.length() && ",})\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String key = text.substring(from, at).strip();
    Map<String, String> fields = new LinkedHashMap<>();
    boolean whole = fields(startedOn, close, fields);
    if (key.isEmpty() || key.contains("=")) {
      faults.add(new Fault(startedOn, "the entry @%s has no key".formatted(type)));
    } else if (whole) {
      String shown = Printable.line(text.substring(start, Math.min(at, text.length())), 300);
      references.add(new Reference(Printable.name(key), startedOn, type, fields, shown));
    } else {
      faults.add(
          new Fault(
              startedOn,
              "the entry %s is not closed, or a comma or brace is missing in it"
                  .formatted(Printable.name(key))));
    }
  }

  /** Reads {@code name = value} until the end of the entry; false when it does not end well. */
  private boolean fields(int startedOn, char close, Map<String, String> fields) {
    while (true) {
      skipBlanks();
      while (at < text.length() && text.charAt(at) == ',') {
        at++;
        skipBlanks();
      }
      if (at >= text.length()) {
        return false;
      }
      if (text.charAt(at) == close) {
        at++;
        return true;
      }
      String name = word().toLowerCase(Locale.ROOT);
      skipBlanks();
      if (name.isEmpty() || at >= text.length() || text.charAt(at) != '=') {
        at = nextEntry();
        return false;
      }
      at++;
      StringBuilder value = new StringBuilder();
      if (!value(value)) {
        at = nextEntry();
        return false;
      }
      if (fields.putIfAbsent(name, value.toString()) != null) {
        faults.add(
            new Fault(startedOn, "the field %s is there twice".formatted(Printable.name(name))));
      }
    }
  }

  private int nextEntry() {
    int next = text.indexOf("\n@", Math.max(0, at - 1));
    return next < 0 ? text.length() : next;
  }

  /** A value, or several joined by {@code #}. */
  private boolean value(StringBuilder value) {
    do {
      skipBlanks();
      if (at >= text.length()) {
        return false;
      }
      char first = text.charAt(at);
      if (first == '{' || first == '"') {
        int from = at + 1;
        if (!skipValue(first)) {
          return false;
        }
        append(value, text.substring(from, at - 1));
      } else {
        String word = word();
        if (word.isEmpty()) {
          return false;
        }
        append(value, strings.getOrDefault(word.toLowerCase(Locale.ROOT), word));
      }
      skipBlanks();
    } while (at < text.length() && text.charAt(at) == '#' && at++ >= 0);
    return at < text.length() && ",})".indexOf(text.charAt(at)) >= 0;
  }

  private static void append(StringBuilder value, String part) {
    if (value.length() < VALUE_LENGTH_MAX) {
      value.append(part.replaceAll("\\s+", " "));
    }
  }

  private boolean skipValue(char open) {
    int depth = 0;
    at++;
    while (at < text.length()) {
      char character = text.charAt(at++);
      if (character == '\\') {
        at++;
      } else if (character == '{') {
        depth++;
      } else if (character == '}' && depth > 0) {
        depth--;
      } else if (depth == 0 && character == (open == '{' ? '}' : '"')) {
        return true;
      } else if (character == '@' && at > 1 && text.charAt(at - 2) == '\n') {
        at--;
        return false;
      }
    }
    return false;
  }

  private void skipTo(char close) {
    int depth = 0;
    while (at < text.length()) {
      char character = text.charAt(at++);
      if (character == '{') {
        depth++;
      } else if (character == close && depth == 0) {
        return;
      } else if (character == '}') {
        depth--;
      }
    }
  }

  private String word() {
    skipBlanks();
    int from = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at))
            || "_-+:.'/".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    return text.substring(from, at);
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private int lineOf(int offset) {
    while (countedTo < offset) {
      if (text.charAt(countedTo) == '\n') {
        line++;
      }
      countedTo++;
    }
    return line;
  }
}
