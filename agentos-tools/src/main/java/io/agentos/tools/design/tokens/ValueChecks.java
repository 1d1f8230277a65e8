package io.agentos.tools.design.tokens;

import static io.agentos.tools.report.Markdown.code;
import static io.agentos.tools.report.Markdown.count;

import io.agentos.tools.design.color.Color;
import io.agentos.tools.design.color.ColorSpaces;
import io.agentos.tools.report.Finding;
import io.agentos.tools.report.Markdown;
import io.agentos.tools.report.Place;
import io.agentos.tools.report.Rule;
import io.agentos.tools.report.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Tokens against each other: the same value twice, colours too near, spaces off the scale. */
final class ValueChecks {
  private static final double NEAR = 0.02;
  private static final int COLORS_MAX = 1_200;
  private static final int NEAR_MAX = 40;
  private static final int NAMED_MAX = 6;
  private static final double HAIRLINE_PX = 2;
  private static final Pattern SPACE =
      Pattern.compile(
          "(?i)(?:^|\\.)(?:space|spaces|spacing|gap|inset|margin|padding|gutter|stack)(?:\\.|$)");
  private static final List<Map.Entry<String, Pattern>> STYLES =
      List.of(
          Map.entry("kebab-case", Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+)+")),
          Map.entry("camelCase", Pattern.compile("[a-z][a-z0-9]*(?:[A-Z][a-z0-9]*)+")),
          Map.entry("snake_case", Pattern.compile("[a-z0-9]+(?:_[a-z0-9]+)+")),
          Map.entry("PascalCase", Pattern.compile("[A-Z][a-zA-Z0-9]*")));

  private ValueChecks() {}

  static List<Finding> of(TokenFile file, int basePx) {
    List<Finding> findings = new ArrayList<>();
    duplicates(file, findings);
    nearColors(file, findings);
    offScale(file, basePx, findings);
    mixedNames(file, findings);
    return findings;
  }

  private static void duplicates(TokenFile file, List<Finding> findings) {
    Map<String, List<Token>> byValue = new LinkedHashMap<>();
    for (Token token : file.tokens()) {
      key(file, token)
          .ifPresent(key -> byValue.computeIfAbsent(key, none -> new ArrayList<>()).add(token));
    }
    for (List<Token> same : byValue.values()) {
      if (same.size() > 1) {
        Token first = same.getFirst();
        List<String> others =
            same.stream()
                .skip(1)
                .limit(NAMED_MAX)
                .map(token -> "%s (line %d)".formatted(code(token.path()), token.line()))
                .toList();
        int more = same.size() - 1 - others.size();
        add(
            findings,
            TokenRules.DUPLICATE_VALUE,
            Severity.MEDIUM,
            file,
            first,
            "It has the value %s, and so %s %s%s."
                .formatted(
                    shown(first),
                    same.size() == 2 ? "has" : "have",
                    Markdown.list(others),
                    more > 0 ? " and %d more".formatted(more) : ""),
            "Keep one and write \"{%s}\" as the value of the %s."
                .formatted(first.path(), same.size() == 2 ? "other" : "others"));
      }
    }
  }

  /** What two tokens share that are the same; lengths count within one group only. */
  private static Optional<String> key(TokenFile file, Token token) {
    if (token.alias().isPresent()) {
      return Optional.empty();
    }
    String type = file.type(token);
    if (type.equals("color")) {
      return Values.color(token.value()).map(color -> "color " + color.hex());
    }
    OptionalDouble pixels = Values.pixels(token.value());
    return type.equals("dimension") && pixels.isPresent()
        ? Optional.of("dimension %s %s".formatted(token.group(), pixels.getAsDouble()))
        : Optional.empty();
  }

  private static String shown(Token token) {
    Optional<Color> color = Values.color(token.value());
    if (color.isPresent()) {
      return code(color.get().hex());
    }
    OptionalDouble pixels = Values.pixels(token.value());
    return pixels.isPresent() ? Values.shown(pixels.getAsDouble()) : token.value().kind();
  }

  /** A token with its colour. */
  private record Colored(Token token, Color color) {}

  private static void nearColors(TokenFile file, List<Finding> findings) {
    Map<String, Colored> byHex = new LinkedHashMap<>();
    for (Token token : file.tokens()) {
      Optional<Color> color =
          token.alias().isEmpty() && file.type(token).equals("color")
              ? Values.color(token.value())
              : Optional.empty();
      if (color.isPresent() && byHex.size() < COLORS_MAX) {
        byHex.putIfAbsent(color.get().hex(), new Colored(token, color.get()));
      }
    }
    List<Colored> colors = List.copyOf(byHex.values());
    int told = 0;
    for (int i = 0; i < colors.size(); i++) {
      for (int j = i + 1; j < colors.size() && told < NEAR_MAX; j++) {
        if (ColorSpaces.distance(colors.get(i).color(), colors.get(j).color()) < NEAR) {
          told++;
          near(file, colors.get(i), colors.get(j), findings);
        }
      }
    }
  }

  private static void near(TokenFile file, Colored one, Colored other, List<Finding> findings) {
    add(
        findings,
        TokenRules.NEAR_COLOR,
        Severity.LOW,
        file,
        one.token(),
        "%s, and %s (line %d) is %s: %s apart."
            .formatted(
                code(one.color().hex()),
                code(other.token().path()),
                other.token().line(),
                code(other.color().hex()),
                Markdown.decimal(ColorSpaces.distance(one.color(), other.color()), 3)),
        "Keep one of the two, unless both were measured for contrast.");
  }

  private static void offScale(TokenFile file, int basePx, List<Finding> findings) {
    for (Token token : file.tokens()) {
      OptionalDouble read =
          token.alias().isPresent() ? OptionalDouble.empty() : Values.pixels(token.value());
      if (read.isEmpty() || !SPACE.matcher(token.path()).find()) {
        continue;
      }
      double pixels = Math.abs(read.getAsDouble());
      double below = Math.floor(pixels / basePx) * basePx;
      if (pixels > HAIRLINE_PX && pixels - below > 0.001 && below + basePx - pixels > 0.001) {
        add(
            findings,
            TokenRules.OFF_SCALE,
            Severity.LOW,
            file,
            token,
            "%s is no multiple of %d px.".formatted(Values.shown(pixels), basePx),
            "Use %s or %s; give `base_px` when your scale has another base."
                .formatted(Values.shown(below), Values.shown(below + basePx)));
      }
    }
  }

  private static void mixedNames(TokenFile file, List<Finding> findings) {
    Map<String, List<String>> byStyle = new TreeMap<>();
    for (Token token : file.tokens()) {
      String name = token.path().substring(token.path().lastIndexOf('.') + 1);
      for (String part :
          token.group().isEmpty()
              ? List.of(name)
              : List.of(token.group().substring(token.group().lastIndexOf('.') + 1), name)) {
        STYLES.stream()
            .filter(style -> style.getValue().matcher(part).matches())
            .findFirst()
            .ifPresent(style -> {
              List<String> names =
                  byStyle.computeIfAbsent(style.getKey(), none -> new ArrayList<>());
              if (!names.contains(part) && names.size() < COLORS_MAX) {
                names.add(part);
              }
            });
      }
    }
    if (byStyle.size() > 1) {
      List<String> styles =
          byStyle.entrySet().stream()
              .map(style ->
                  "%s %s, such as %s"
                      .formatted(
                          count(style.getValue().size(), "name"),
                          style.getKey(),
                          code(style.getValue().getFirst())))
              .toList();
      findings.add(
          new Finding(
              TokenRules.MIXED_NAMES,
              Severity.LOW,
              new Place(file.name(), 0, ""),
              Markdown.list(styles) + ".",
              "Choose the one that is most used and rename the others."));
    }
  }

  private static void add(
      List<Finding> findings,
      Rule rule,
      Severity severity,
      TokenFile file,
      Token token,
      String what,
      String fix) {
    Place place = new Place(file.name(), token.line(), token.path());
    findings.add(new Finding(rule, severity, place, what, fix));
  }
}
