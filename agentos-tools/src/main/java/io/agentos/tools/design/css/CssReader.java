package io.agentos.tools.design.css;

import io.agentos.tools.design.css.StyleRule.Condition;
import io.agentos.tools.design.css.StyleSheet.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads a style sheet as a browser does: what is wrong is passed over up to the next semicolon or
 * brace. One pass, bounded in rules, problems and depth. Owned by one thread.
 */
public final class CssReader {
  /** The most rules of one style sheet. */
  public static final int RULES_MAX = 20_000;

  private static final int DEPTH_MAX = 32;
  private static final int SELECTOR_LENGTH_MAX = 2_000;
  private static final int SELECTORS_PER_RULE_MAX = 500;
  private static final int PROBLEMS_MAX = 50;

  /** At-rules that hold rules or declarations and say when they apply. */
  private static final Set<String> CONDITIONAL =
      Set.of("media", "supports", "container", "scope", "starting-style", "layer");

  /** Where a block stands. */
  private record Around(List<String> parents, List<Condition> conditions, String layer, int depth) {
    Around with(Condition condition) {
      List<Condition> more = new ArrayList<>(conditions);
      more.add(condition);
      return new Around(parents, more, layer, depth + 1);
    }

    Around below(List<String> selectors) {
      return new Around(selectors, conditions, layer, depth + 1);
    }

    Around inLayer(String name) {
      String inner = layer.isEmpty() ? name : layer + "." + name;
      return new Around(parents, conditions, inner, depth + 1);
    }
  }

  private final String css;
  private final int firstLine;
  private final List<StyleRule> rules = new ArrayList<>();
  private final List<String> imports = new ArrayList<>();
  private final Set<String> layers = new LinkedHashSet<>();
  private final List<Problem> problems = new ArrayList<>();
  private int at;
  private int lineIndex;
  private int lineNumber;

  private CssReader(String text, int firstLine) {
    this.firstLine = firstLine;
    this.lineNumber = firstLine;
    this.css =
        Comments.blanked(
            text, index -> problem(lineIn(text, index), "a comment begins here and never ends"));
  }

  /**
   * Reads a text.
   *
   * @param name to be shown
   * @param firstLine the number of its first line, where it is part of a page
   */
  public static StyleSheet read(String name, String text, int firstLine) {
    CssReader reader = new CssReader(text, firstLine);
    reader.block(new Around(List.of(), List.of(), "", 0), reader.firstLine);
    return new StyleSheet(
        name, reader.rules, reader.imports, List.copyOf(reader.layers), reader.problems);
  }

  /** The declarations of a {@code style} attribute. */
  public static List<Declaration> declarations(String text, int line) {
    StyleSheet sheet = read("", "x{" + text.replace('}', ' ') + "}", line);
    return sheet.rules().isEmpty() ? List.of() : sheet.rules().getFirst().declarations();
  }

  /** What stands between two braces, or in the whole sheet. */
  private void block(Around around, int openedAt) {
    List<Declaration> pending = new ArrayList<>();
    while (true) {
      skipBlanks();
      if (at >= css.length()) {
        if (around.depth() > 0) {
          problem(openedAt, "a block begins with '{' here and has no '}'");
        }
        break;
      }
      char one = css.charAt(at);
      if (one == '}') {
        if (around.depth() > 0) {
          at++;
          break;
        }
        problem(line(at), "a '}' has no '{'");
        at++;
      } else if (one == ';') {
        at++;
      } else {
        flush(around, pending, openedAt, one == '@' || beginsRule());
        item(around, pending);
      }
    }
    flush(around, pending, openedAt, true);
  }

  /** Declarations come before the rule that follows them, in the order of the cascade. */
  private void flush(Around around, List<Declaration> pending, int line, boolean now) {
    if (now && !pending.isEmpty()) {
      add(new StyleRule(around.parents(), pending, around.conditions(), around.layer(), line));
      pending.clear();
    }
  }

  private void add(StyleRule rule) {
    if (rules.size() == RULES_MAX) {
      problem(
          rule.line(), "there are more than %d rules; the rest is not read".formatted(RULES_MAX));
      at = css.length();
      return;
    }
    rules.add(rule);
  }

  private void item(Around around, List<Declaration> pending) {
    if (css.charAt(at) == '@') {
      atRule(around);
      return;
    }
    int from = at;
    int line = line(at);
    boolean custom = css.startsWith("--", at);
    int end = endOfItem(custom);
    String text = css.substring(from, end).strip();
    at = end;
    if (at < css.length() && css.charAt(at) == '{') {
      at++;
      rule(around, text, line);
    } else if (around.parents().isEmpty()) {
      problem(line, "text that is neither a rule nor in one");
      at += at < css.length() && css.charAt(at) == ';' ? 1 : 0;
    } else {
      declaration(text, line, pending);
    }
  }

  private boolean beginsRule() {
    int end = endOfItem(css.startsWith("--", at));
    return end < css.length() && css.charAt(end) == '{';
  }

  /** The index of the semicolon or brace that ends what begins here. */
  private int endOfItem(boolean braceBelongs) {
    int end = at;
    while (end < css.length()) {
      char one = css.charAt(end);
      if (one == ';' || one == '}' || (one == '{' && !braceBelongs)) {
        return end;
      }
      end = CssText.skip(css, end);
    }
    return css.length();
  }

  private void rule(Around around, String text, int line) {
    if (around.depth() >= DEPTH_MAX) {
      problem(line, "blocks stand in each other more than %d deep".formatted(DEPTH_MAX));
      skipBlock();
      return;
    }
    List<String> selectors = new ArrayList<>();
    for (String selector : CssText.split(text, ',')) {
      String resolved = Nesting.resolved(selector, around.parents());
      if (selector.isEmpty() || resolved.length() > SELECTOR_LENGTH_MAX) {
        problem(line, "a selector is empty or longer than %d".formatted(SELECTOR_LENGTH_MAX));
      } else if (selectors.size() < SELECTORS_PER_RULE_MAX) {
        selectors.add(resolved);
      }
    }
    if (selectors.isEmpty()) {
      skipBlock();
      return;
    }
    block(around.below(selectors), line);
  }

  private void declaration(String text, int line, List<Declaration> pending) {
    int colon = text.indexOf(':');
    String property = colon < 0 ? "" : text.substring(0, colon).strip();
    if (property.isEmpty() || property.indexOf(' ') >= 0) {
      problem(line, "a declaration is 'property: value;'");
      return;
    }
    String value = text.substring(colon + 1).strip();
    String lower = value.toLowerCase(Locale.ROOT);
    int mark = lower.lastIndexOf('!');
    boolean important = mark >= 0 && lower.substring(mark + 1).strip().equals("important");
    pending.add(
        new Declaration(
            property.startsWith("--") ? property : property.toLowerCase(Locale.ROOT),
            important ? value.substring(0, mark).strip() : value,
            important,
            line));
  }

  private void atRule(Around around) {
    int line = line(at);
    int end = endOfItem(false);
    String text = css.substring(at + 1, end).strip();
    int nameEnd = 0;
    while (nameEnd < text.length() && CssText.isName(text.charAt(nameEnd))) {
      nameEnd++;
    }
    String rule = text.substring(0, nameEnd).toLowerCase(Locale.ROOT);
    String query = text.substring(nameEnd).strip();
    boolean block = end < css.length() && css.charAt(end) == '{';
    at = block ? end + 1 : end;
    if (!block) {
      statement(rule, query);
    } else if (!CONDITIONAL.contains(rule)) {
      skipBlock();
    } else if (around.depth() >= DEPTH_MAX) {
      problem(line, "blocks stand in each other more than %d deep".formatted(DEPTH_MAX));
      skipBlock();
    } else if (rule.equals("layer")) {
      Around inner = around.inLayer(query.isEmpty() ? "unnamed-" + line : query);
      layers.add(inner.layer());
      block(inner, line);
    } else {
      block(around.with(new Condition(rule, query)), line);
    }
  }

  private void statement(String rule, String query) {
    if (rule.equals("import")) {
      imports.add(query);
    } else if (rule.equals("layer")) {
      layers.addAll(CssText.split(query, ','));
    }
  }

  /** Passes over a block whose brace was read. */
  private void skipBlock() {
    at = CssText.skip(css, at - 1);
  }

  private void skipBlanks() {
    while (at < css.length() && Character.isWhitespace(css.charAt(at))) {
      at++;
    }
    if (css.startsWith("<!--", at) || css.startsWith("-->", at)) {
      at += css.charAt(at) == '<' ? 4 : 3;
      skipBlanks();
    }
  }

  /** The line of an index, which only ever grows. */
  private int line(int index) {
    while (lineIndex < index) {
      if (css.charAt(lineIndex) == '\n') {
        lineNumber++;
      }
      lineIndex++;
    }
    return lineNumber;
  }

  private int lineIn(String text, int index) {
    return firstLine + (int) text.substring(0, index).chars().filter(one -> one == '\n').count();
  }

  private void problem(int line, String message) {
    if (problems.size() < PROBLEMS_MAX) {
      problems.add(new Problem(line, message));
    }
  }
}
