package io.agentos.tools.design.tokens;

import static io.agentos.tools.report.Markdown.code;

import io.agentos.tools.design.color.Color;
import io.agentos.tools.design.css.Declaration;
import io.agentos.tools.design.css.StyleRule;
import io.agentos.tools.design.css.StyleSheet;
import io.agentos.tools.report.Finding;
import io.agentos.tools.report.Markdown;
import io.agentos.tools.report.Place;
import io.agentos.tools.report.Rule;
import io.agentos.tools.report.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** A style sheet against the tokens. Owned by one thread. */
final class CssChecks {
  private static final int NAMED_MAX = 12;
  private static final int SEARCHES_MAX = 100;

  private final TokenFile file;
  private final StyleSheet sheet;
  private final CssUse use;
  private final List<Finding> findings = new ArrayList<>();

  private CssChecks(TokenFile file, StyleSheet sheet) {
    this.file = file;
    this.sheet = sheet;
    this.use = CssUse.of(file, sheet);
  }

  /** What was found, and how many tokens the style sheet uses. */
  record Checked(List<Finding> findings, int used) {}

  static Checked of(TokenFile file, StyleSheet sheet) {
    CssChecks checks = new CssChecks(file, sheet);
    checks.unknownVariables();
    checks.drift();
    checks.deprecated();
    HardCoded hardCoded = new HardCoded(file, checks.use, sheet.name());
    for (StyleRule rule : sheet.rules()) {
      for (Declaration declaration : rule.declarations()) {
        checks.findings.addAll(hardCoded.in(rule, declaration));
      }
    }
    int used = checks.unused();
    return new Checked(checks.findings, used);
  }

  private void unknownVariables() {
    List<String> known = use.known();
    Set<String> told = new LinkedHashSet<>();
    for (CssUse.Used used : use.used()) {
      boolean declared =
          use.declared().containsKey(used.name()) || use.token(used.name()).isPresent();
      if (declared || !told.add(used.name() + used.fallback())) {
        continue;
      }
      Optional<String> nearest =
          told.size() <= SEARCHES_MAX ? Nearest.of(used.name(), known) : Optional.empty();
      String near =
          nearest
              .map(one -> "Did you mean %s?".formatted(code(one)))
              .orElse("Add the token, or declare the variable.");
      add(
          TokenRules.UNKNOWN_VARIABLE,
          used.fallback() ? Severity.LOW : Severity.HIGH,
          used.rule(),
          used.declaration(),
          "%s is neither a token nor declared in the style sheet%s."
              .formatted(code(used.name()), used.fallback() ? "; its fallback is taken" : ""),
          near);
    }
  }

  /**
   * Variables of tokens that the style sheet gives other values, at the root and unconditionally.
   */
  private void drift() {
    for (StyleRule rule : sheet.rules()) {
      boolean root =
          rule.selectors().stream().anyMatch(one -> one.equals(":root") || one.equals("html"));
      for (Declaration declaration : rule.declarations()) {
        Optional<Token> token =
            declaration.isCustom() && root && rule.conditions().isEmpty()
                ? use.token(declaration.property())
                : Optional.empty();
        Optional<Token> end = token.flatMap(file::resolved);
        if (end.isPresent() && differs(end.get(), declaration.value())) {
          add(
              TokenRules.VALUE_DRIFT,
              Severity.HIGH,
              rule,
              declaration,
              "%s is %s here, and the token %s (line %d) is %s."
                  .formatted(
                      code(declaration.property()),
                      code(declaration.value()),
                      code(token.orElseThrow().path()),
                      token.orElseThrow().line(),
                      HardCoded.shown(end.get())),
              "Write the style sheet's variables from the tokens by a tool, and never by hand.");
        }
      }
    }
  }

  private static boolean differs(Token token, String css) {
    Optional<Color> color = Values.color(token.value());
    Optional<Color> written = Values.color(css);
    if (color.isPresent() && written.isPresent()) {
      return !color.get().hex().equals(written.get().hex());
    }
    OptionalDouble pixels = Values.pixels(token.value());
    OptionalDouble length = Values.pixels(css);
    return pixels.isPresent()
        && length.isPresent()
        && Math.abs(pixels.getAsDouble() - length.getAsDouble()) > 0.001;
  }

  private void deprecated() {
    for (CssUse.Used used : use.used()) {
      Optional<Token> token = use.token(used.name()).filter(one -> one.deprecation().isPresent());
      token.ifPresent(one ->
          add(
              TokenRules.DEPRECATED_USED,
              Severity.MEDIUM,
              used.rule(),
              used.declaration(),
              "%s stands for %s, which is deprecated%s"
                  .formatted(
                      code(used.name()),
                      code(one.path()),
                      one.deprecation()
                          .filter(why -> !why.isBlank())
                          .map(why -> ": " + code(why) + ".")
                          .orElse(".")),
              "Use the token that takes its place."));
    }
    for (Token token : file.tokens()) {
      for (String path : TokenFile.references(token.value())) {
        Optional<Token> old = file.token(path).filter(one -> one.deprecation().isPresent());
        if (old.isPresent() && token.deprecation().isEmpty()) {
          findings.add(
              new Finding(
                  TokenRules.DEPRECATED_USED,
                  Severity.MEDIUM,
                  new Place(file.name(), token.line(), token.path()),
                  "It refers to %s, which is deprecated.".formatted(code(path)),
                  "Refer to the token that takes its place."));
        }
      }
    }
  }

  private int unused() {
    Set<String> used = use.usedTokens(file);
    Map<String, List<Token>> byGroup = new LinkedHashMap<>();
    for (Token token : file.tokens()) {
      if (!used.contains(token.path()) && token.deprecation().isEmpty()) {
        byGroup.computeIfAbsent(token.group(), none -> new ArrayList<>()).add(token);
      }
    }
    byGroup.forEach((group, tokens) -> {
      List<String> named =
          tokens.stream().limit(NAMED_MAX).map(token -> code(token.path())).toList();
      int more = tokens.size() - named.size();
      findings.add(
          new Finding(
              TokenRules.UNUSED,
              Severity.LOW,
              new Place(file.name(), tokens.getFirst().line(), group),
              "%s%s."
                  .formatted(Markdown.list(named), more > 0 ? " and %d more".formatted(more) : ""),
              "Take them out, or give the style sheet that uses them as well."));
    });
    return used.size();
  }

  private void add(
      Rule rule,
      Severity severity,
      StyleRule around,
      Declaration declaration,
      String what,
      String fix) {
    Place place = new Place(sheet.name(), declaration.line(), around.selectors().getFirst());
    findings.add(new Finding(rule, severity, place, what, fix));
  }
}
