package io.agentos.tools.files;

import java.util.ArrayList;
import java.util.List;

/**
 * One file name pattern, with the meaning git gives it: {@code *} and {@code ?} stop at a slash,
 * {@code **} between slashes crosses any number of folders, {@code [a-z]} is one character.
 *
 * <p>Matching takes time in proportion to pattern times text, whatever the pattern. Immutable and
 * thread-safe.
 */
final class Glob {
  private sealed interface Token {
    record One(char character) implements Token {}

    record Any() implements Token {}

    record Among(CharacterClass characters) implements Token {}

    /** Any characters but slashes. */
    record Star() implements Token {}

    /** Nothing, or any characters up to a slash: {@code **}{@code /}. */
    record Folders() implements Token {}

    /** Any characters: {@code **} at the end. */
    record Rest() implements Token {}
  }

  private final List<Token> tokens;
  private final String prefix;
  private final boolean possible;

  private Glob(List<Token> tokens, boolean possible) {
    this.tokens = List.copyOf(tokens);
    this.prefix = literalPrefix(tokens);
    this.possible = possible;
  }

  /** Any text is a pattern; one with a bracket that never closes matches nothing, as with git. */
  static Glob of(String pattern) {
    List<Token> tokens = new ArrayList<>();
    int at = 0;
    while (at < pattern.length()) {
      int next = token(pattern, at, tokens);
      if (next < 0) {
        return new Glob(List.of(), false);
      }
      at = next;
    }
    return new Glob(tokens, true);
  }

  /** Adds the token at {@code at} and returns where the next begins, or -1 when it never ends. */
  private static int token(String pattern, int at, List<Token> tokens) {
    return switch (pattern.charAt(at)) {
      case '*' -> stars(pattern, at, tokens);
      case '?' -> add(new Token.Any(), at + 1, tokens);
      case '[' -> {
        CharacterClass.Parsed parsed = CharacterClass.parse(pattern, at);
        yield add(new Token.Among(parsed.characters()), parsed.end(), tokens);
      }
      case '\\' ->
          at + 1 < pattern.length()
              ? add(new Token.One(pattern.charAt(at + 1)), at + 2, tokens)
              : -1;
      default -> add(new Token.One(pattern.charAt(at)), at + 1, tokens);
    };
  }

  private static int add(Token token, int next, List<Token> tokens) {
    tokens.add(token);
    return next;
  }

  private static int stars(String pattern, int start, List<Token> tokens) {
    int end = start;
    while (end < pattern.length() && pattern.charAt(end) == '*') {
      end++;
    }
    boolean afterSlash = start == 0 || pattern.charAt(start - 1) == '/';
    if (end - start > 1 && afterSlash && isEndOrEscapedSlash(pattern, end)) {
      return add(new Token.Rest(), end, tokens);
    }
    if (end - start > 1 && afterSlash && pattern.charAt(end) == '/') {
      return add(new Token.Folders(), end + 1, tokens);
    }
    return add(new Token.Star(), end, tokens);
  }

  private static boolean isEndOrEscapedSlash(String pattern, int at) {
    return at == pattern.length() || pattern.startsWith("\\/", at);
  }

  private static String literalPrefix(List<Token> tokens) {
    StringBuilder prefix = new StringBuilder();
    for (Token token : tokens) {
      if (!(token instanceof Token.One(char character))) {
        break;
      }
      prefix.append(character);
    }
    return prefix.toString();
  }

  /** Whether the pattern covers the whole text. */
  boolean matches(String text) {
    if (!possible || !text.startsWith(prefix)) {
      return false;
    }
    if (prefix.length() == tokens.size()) {
      return text.length() == prefix.length();
    }
    boolean[] reached = new boolean[text.length() + 1];
    reached[prefix.length()] = true;
    for (Token token : tokens.subList(prefix.length(), tokens.size())) {
      reached = step(token, text, reached);
    }
    return reached[text.length()];
  }

  /** The places in the text that can be reached by one more token. */
  private static boolean[] step(Token token, String text, boolean[] before) {
    boolean[] after = new boolean[before.length];
    boolean open = false;
    for (int i = 0; i < before.length; i++) {
      char last = i == 0 ? 0 : text.charAt(i - 1);
      boolean stepped = i > 0 && before[i - 1];
      switch (token) {
        case Token.One(char character) -> after[i] = stepped && last == character;
        case Token.Any() -> after[i] = stepped && last != '/';
        case Token.Among(CharacterClass characters) ->
            after[i] = stepped && last != '/' && characters.contains(last);
        case Token.Star() -> {
          open = before[i] || (open && last != '/');
          after[i] = open;
        }
        case Token.Folders() -> {
          after[i] = before[i] || (open && last == '/');
          open |= before[i];
        }
        case Token.Rest() -> {
          open |= before[i];
          after[i] = open;
        }
      }
    }
    return after;
  }
}
