package io.agentos.tools.code;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands before an opening brace, back to the last brace or semicolon: the head of a function,
 * or of something else.
 */
final class Header {
  private static final Name NONE = new Name("", 0);

  /** Words before parentheses that begin a statement, or a part of one. */
  private static final Set<String> STATEMENTS =
      Set.of(
          "if", "for", "while", "switch", "catch", "return", "throw", "new", "else", "do", "try",
          "case", "await", "typeof", "yield");

  private static final Set<String> TYPED_STATEMENTS =
      Set.of(
          "foreach",
          "synchronized",
          "using",
          "lock",
          "fixed",
          "when",
          "sizeof",
          "super",
          "assert",
          "delegate",
          "requires",
          "constexpr",
          "decltype",
          "noexcept",
          "__attribute__");

  private static final Set<String> NO_KEYWORD_NAMES = Set.of("interface", "use");

  /** Words before a name that make it a type. */
  private static final Set<String> TYPE_WORDS =
      Set.of("record", "class", "struct", "enum", "interface", "union", "namespace", "new");

  private static final Pattern KEYWORD =
      Pattern.compile(
          "\\b(?:func|fn|fun|def|function)\\s+(?:\\([^()]{0,200}\\)\\s*)?(?:<[^<>]{0,200}>\\s*)?"
              + "(?:[\\w<>?,]+\\.)?&?([\\w`]+)");

  private static final Pattern ASSIGNED =
      Pattern.compile(
          "\\b([\\w$]++)\\s*(?::[^=;(){}]{0,200})?(?:=|:)\\s*(?:async\\s*)?(?:function\\s*\\*?\\s*)?$");

  private static final Pattern ARROW_OF_ONE =
      Pattern.compile("\\b([\\w$]++)\\s*[=:]\\s*(?:async\\s+)?[\\w$]+\\s*=>$");

  private static final Pattern BEHIND =
      Pattern.compile(
          "|:.*|throws\\b.*|(?:const|noexcept|override|final|mutable|volatile|try|where)\\b.*|&&?.*"
              + "|->\\s*\\S.*|async\\*?|sync\\*",
          Pattern.DOTALL);

  private static final Pattern OBJECT_TYPE = Pattern.compile("(?:[<|&]|\\)\\s*:)$");
  private static final Pattern PREPROCESSOR = Pattern.compile("(?m)^[ \\t]*#.*$");

  /**
   * The name of the function that begins, and where it stands; empty when none begins.
   *
   * @param offset from the begin of the header
   */
  record Name(String text, int offset) {}

  private final String text;
  private final Language language;

  Header(String text, Language language) {
    this.text = text.indexOf('#') < 0 ? text : withoutPreprocessor(text);
    this.language = language;
  }

  private static String withoutPreprocessor(String text) {
    return PREPROCESSOR.matcher(text).replaceAll(line -> " ".repeat(line.group().length()));
  }

  /**
   * Whether the brace begins no body but a part of the head that goes on behind it: the type of an
   * object, or the value of a member.
   */
  boolean goesOn() {
    String head = text.stripTrailing();
    return switch (language.shape()) {
      case SCRIPT -> OBJECT_TYPE.matcher(head).find();
      case TYPED -> isMemberValue();
      case KEYWORD -> head.endsWith("interface") || head.endsWith("struct");
      case PYTHON, END, NONE -> false;
    };
  }

  /** Whether the head ends in a name right before the brace, behind parameters and a colon. */
  private boolean isMemberValue() {
    int close = text.indexOf(')');
    return close >= 0
        && close < text.lastIndexOf(':')
        && Character.isJavaIdentifierPart(text.charAt(text.length() - 1));
  }

  Name name() {
    return switch (language.shape()) {
      case KEYWORD -> afterKeyword();
      case TYPED, SCRIPT -> beforeParentheses();
      case PYTHON, END, NONE -> NONE;
    };
  }

  private Name afterKeyword() {
    Matcher matcher = KEYWORD.matcher(text);
    Name last = NONE;
    while (matcher.find()) {
      last = new Name(matcher.group(1).replace("`", ""), matcher.start(1));
    }
    boolean none = NO_KEYWORD_NAMES.contains(last.text()) || isInsideParentheses(last.offset());
    return none ? NONE : last;
  }

  /** Whether more parentheses open than close from there on: the brace belongs to an argument. */
  private boolean isInsideParentheses(int from) {
    int depth = 0;
    for (int i = from; i < text.length(); i++) {
      depth += text.charAt(i) == '(' ? 1 : 0;
      depth -= text.charAt(i) == ')' ? 1 : 0;
    }
    return depth > 0;
  }

  private Name beforeParentheses() {
    boolean arrow = text.stripTrailing().endsWith("=>");
    int end = arrow ? text.lastIndexOf("=>") : text.length();
    int close = lastGroupEnd(end);
    if (arrow && (language.shape() != Language.Shape.SCRIPT || close < 0)) {
      return language.shape() == Language.Shape.SCRIPT
          ? found(ARROW_OF_ONE.matcher(text.stripTrailing()))
          : NONE;
    }
    if (close < 0 || !BEHIND.matcher(text.substring(close + 1, end).strip()).matches()) {
      return NONE;
    }
    int open = matching(close);
    if (open < 0) {
      return NONE;
    }
    if (arrow) {
      return found(ASSIGNED.matcher(text.substring(0, open)));
    }
    return named(open);
  }

  private static Name found(Matcher matcher) {
    return matcher.find() ? new Name(matcher.group(1), matcher.start(1)) : NONE;
  }

  /**
   * Where the parameters end: the last group of parentheses, or the one before a colon or an arrow,
   * behind which come other calls or a type.
   */
  private int lastGroupEnd(int end) {
    int depth = 0;
    int last = -1;
    for (int i = 0; i < end; i++) {
      switch (text.charAt(i)) {
        case '(' -> depth++;
        case ')' -> {
          depth = Math.max(0, depth - 1);
          last = depth == 0 ? i : last;
        }
        case ':', '-' -> {
          if (depth == 0 && last >= 0 && endsParameters(last, i)) {
            return last;
          }
        }
        default -> {}
      }
    }
    return depth > 0 ? text.lastIndexOf(')', end - 1) : last;
  }

  /** Whether a lone colon or an arrow follows a group, with nothing but words in between. */
  private boolean endsParameters(int close, int at) {
    String between = text.substring(close + 1, at).strip();
    return text.charAt(at) == ':'
        ? isAlone(at) && (between.isEmpty() || between.startsWith("where"))
        : text.startsWith("->", at) && between.chars().allMatch(Header::isWordOrSpace);
  }

  private static boolean isWordOrSpace(int character) {
    return Character.isJavaIdentifierPart(character) || Character.isWhitespace(character);
  }

  private boolean isAlone(int colon) {
    boolean before = colon > 0 && text.charAt(colon - 1) == ':';
    boolean after = colon + 1 < text.length() && text.charAt(colon + 1) == ':';
    return !before && !after;
  }

  private int matching(int close) {
    int depth = 0;
    for (int i = close; i >= 0; i--) {
      depth += text.charAt(i) == ')' ? 1 : 0;
      depth -= text.charAt(i) == '(' ? 1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  private Name named(int open) {
    int end = withoutTypeParameters(open);
    int start = end;
    while (start > 0 && isNamePart(text.charAt(start - 1))) {
      start--;
    }
    String name = text.substring(start, end);
    String before = text.substring(0, start).stripTrailing();
    if (name.equals("function")) {
      return found(ASSIGNED.matcher(text.substring(0, start)));
    }
    boolean none = name.isEmpty() || isStatement(name) || isType(before);
    return none || !isDeclared(name, before) ? NONE : new Name(name, start);
  }

  private boolean isStatement(String name) {
    boolean typed = language.shape() == Language.Shape.TYPED;
    return STATEMENTS.contains(name) || (typed && TYPED_STATEMENTS.contains(name));
  }

  private int withoutTypeParameters(int open) {
    int end = open;
    while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    if (end == 0 || text.charAt(end - 1) != '>') {
      return end;
    }
    int depth = 0;
    for (int i = end - 1; i >= 0; i--) {
      depth += text.charAt(i) == '>' ? 1 : 0;
      depth -= text.charAt(i) == '<' ? 1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return end;
  }

  private static boolean isNamePart(char character) {
    return Character.isJavaIdentifierPart(character) || character == ':' || character == '~';
  }

  private static boolean isType(String before) {
    int space = before.length();
    while (space > 0 && Character.isJavaIdentifierPart(before.charAt(space - 1))) {
      space--;
    }
    boolean annotation = space > 0 && before.length() == space && before.endsWith("@");
    return annotation || TYPE_WORDS.contains(before.substring(space));
  }

  /**
   * In typed languages something stands before a name: a type, a modifier; or it is a constructor.
   */
  private boolean isDeclared(String name, String before) {
    if (before.endsWith(".") || before.endsWith("=")) {
      return false;
    }
    boolean script = language.shape() == Language.Shape.SCRIPT;
    return script
        || !(before.isBlank() || before.endsWith(","))
        || name.contains("::")
        || Character.isUpperCase(name.charAt(0));
  }
}
