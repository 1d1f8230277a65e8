package io.agentos.tools.design.tokens;

import io.agentos.tools.design.css.CssText;
import io.agentos.tools.design.css.Declaration;
import io.agentos.tools.design.css.StyleRule;
import io.agentos.tools.design.css.StyleSheet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The variables of a style sheet, and which tokens they stand for. Teams put a prefix of their own
 * before the names; the one that fits most names is taken.
 */
final class CssUse {
  /** A variable that is used. */
  record Used(String name, boolean fallback, Declaration declaration, StyleRule rule) {}

  private final Map<String, Token> byVariable = new HashMap<>();
  private final List<Used> used = new ArrayList<>();
  private final Map<String, Declaration> declared = new LinkedHashMap<>();
  private final String prefix;

  private CssUse(TokenFile file, StyleSheet sheet) {
    for (Token token : file.tokens()) {
      byVariable.putIfAbsent(token.variable(), token);
    }
    for (StyleRule rule : sheet.rules()) {
      for (Declaration declaration : rule.declarations()) {
        if (declaration.isCustom()) {
          declared.putIfAbsent(declaration.property(), declaration);
        }
        collect(declaration, rule, declaration.value(), 0);
      }
    }
    this.prefix = prefix();
  }

  static CssUse of(TokenFile file, StyleSheet sheet) {
    return new CssUse(file, sheet);
  }

  private void collect(Declaration declaration, StyleRule rule, String value, int depth) {
    int from = value.indexOf("var(");
    while (from >= 0 && depth < 10) {
      int end = CssText.skip(value, from + 3);
      String inside = value.substring(from + 4, Math.max(from + 4, end - 1));
      int comma = inside.indexOf(',');
      String name = (comma < 0 ? inside : inside.substring(0, comma)).strip();
      used.add(new Used(name, comma >= 0, declaration, rule));
      if (comma >= 0) {
        collect(declaration, rule, inside.substring(comma + 1), depth + 1);
      }
      from = value.indexOf("var(", Math.max(end, from + 4));
    }
  }

  private String prefix() {
    Set<String> names = new LinkedHashSet<>(declared.keySet());
    used.forEach(one -> names.add(one.name()));
    Map<String, Integer> votes = new LinkedHashMap<>();
    for (String name : names) {
      if (byVariable.containsKey(name)) {
        votes.merge("", 1, Integer::sum);
      }
      int dash = name.indexOf('-', 2);
      if (dash > 0 && byVariable.containsKey("--" + name.substring(dash + 1))) {
        votes.merge(name.substring(2, dash + 1), 1, Integer::sum);
      }
    }
    String best = "";
    for (Map.Entry<String, Integer> vote : votes.entrySet()) {
      best = vote.getValue() > votes.getOrDefault(best, 0) ? vote.getKey() : best;
    }
    return best;
  }

  /** The token that a variable stands for. */
  Optional<Token> token(String variable) {
    if (!variable.startsWith("--" + prefix)) {
      return Optional.empty();
    }
    return Optional.ofNullable(byVariable.get("--" + variable.substring(2 + prefix.length())));
  }

  /** The variable that a token is in this style sheet. */
  String variable(Token token) {
    return "--" + prefix + token.variable().substring(2);
  }

  /** All names that are declared or stand for tokens. */
  List<String> known() {
    Set<String> known = new LinkedHashSet<>(declared.keySet());
    byVariable.values().forEach(token -> known.add(variable(token)));
    return known.stream().sorted().toList();
  }

  List<Used> used() {
    return used;
  }

  Map<String, Declaration> declared() {
    return declared;
  }

  /** The tokens that the style sheet uses, with those that they refer to. */
  Set<String> usedTokens(TokenFile file) {
    Set<String> reached = new LinkedHashSet<>();
    List<String> open = new ArrayList<>();
    used.forEach(one -> token(one.name()).ifPresent(token -> open.add(token.path())));
    while (!open.isEmpty()) {
      String path = open.removeLast();
      Optional<Token> token = file.token(path);
      if (token.isPresent() && reached.add(path)) {
        open.addAll(TokenFile.references(token.get().value()));
      }
    }
    return reached;
  }
}
