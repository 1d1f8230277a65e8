package io.agentos.tools.design.tokens;

import static io.agentos.tools.report.Markdown.code;

import io.agentos.tools.design.color.Color;
import io.agentos.tools.design.color.ColorSpaces;
import io.agentos.tools.design.css.CssText;
import io.agentos.tools.design.css.Declaration;
import io.agentos.tools.design.css.StyleRule;
import io.agentos.tools.report.Finding;
import io.agentos.tools.report.Markdown;
import io.agentos.tools.report.Place;
import io.agentos.tools.report.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;

/** Colours and sizes that a style sheet writes out although there are tokens. */
final class HardCoded {
  private static final double NEAR = 0.03;
  private static final double HAIRLINE_PX = 2;
  private static final Set<String> KEYWORDS =
      Set.of("transparent", "currentcolor", "inherit", "initial", "unset", "none");
  private static final Pattern COLORED =
      Pattern.compile(
          ".*color|background|border(?:-\\w+)?|outline|fill|stroke|box-shadow|text-shadow");
  private static final Pattern SPACED =
      Pattern.compile(
          "(?:margin|padding|inset)(?:-.*)?|(?:row-|column-)?gap|top|right|bottom|left");
  private static final Pattern SPACE_TOKENS =
      Pattern.compile("(?i).*(?:space|spacing|gap|inset|margin|padding|gutter|stack).*");
  private static final Pattern SIZE_TOKENS = Pattern.compile("(?i).*(?:font|text|type).*");
  private static final Pattern RADIUS_TOKENS =
      Pattern.compile("(?i).*(?:radius|radii|corner|round).*");

  /** A token with what it comes to. */
  private record Known<T>(Token token, T value) {}

  private final CssUse use;
  private final String sheet;
  private final List<Known<Color>> colors = new ArrayList<>();
  private final List<Known<Double>> lengths = new ArrayList<>();

  HardCoded(TokenFile file, CssUse use, String sheet) {
    this.use = use;
    this.sheet = sheet;
    for (Token token : file.tokens()) {
      Optional<Token> end = file.resolved(token);
      if (end.isPresent() && token.deprecation().isEmpty()) {
        Json value = end.get().value();
        if (file.type(token).equals("color")) {
          Values.color(value).ifPresent(color -> colors.add(new Known<>(token, color)));
        } else {
          Values.pixels(value).ifPresent(pixels -> lengths.add(new Known<>(token, pixels)));
        }
      }
    }
  }

  /** What a token comes to, for people. */
  static String shown(Token token) {
    Optional<Color> color = Values.color(token.value());
    OptionalDouble pixels = Values.pixels(token.value());
    return color
        .map(one -> code(one.hex()))
        .orElse(pixels.isPresent() ? Values.shown(pixels.getAsDouble()) : token.value().kind());
  }

  List<Finding> in(StyleRule rule, Declaration declaration) {
    List<Finding> findings = new ArrayList<>();
    if (declaration.isCustom()) {
      return findings;
    }
    String property = declaration.property();
    for (String word : words(declaration.value())) {
      if (!colors.isEmpty() && COLORED.matcher(property).matches()) {
        color(rule, declaration, word).ifPresent(findings::add);
      }
      pattern(property)
          .flatMap(tokens -> length(rule, declaration, word, tokens))
          .ifPresent(findings::add);
    }
    return findings;
  }

  /** The words of a value, those in gradients too. */
  private static List<String> words(String value) {
    List<String> words = new ArrayList<>();
    for (String part : CssText.split(value, ',')) {
      for (String word : CssText.words(part)) {
        int bracket = word.indexOf('(');
        if (bracket > 0 && word.substring(0, bracket).endsWith("gradient")) {
          for (String stop :
              CssText.split(
                  word.substring(bracket + 1, Math.max(bracket + 1, word.length() - 1)), ',')) {
            words.addAll(CssText.words(stop));
          }
        } else {
          words.add(word);
        }
      }
    }
    return words;
  }

  private static Optional<Pattern> pattern(String property) {
    if (SPACED.matcher(property).matches()) {
      return Optional.of(SPACE_TOKENS);
    }
    if (property.equals("font-size")) {
      return Optional.of(SIZE_TOKENS);
    }
    return property.startsWith("border") && property.endsWith("radius")
        ? Optional.of(RADIUS_TOKENS)
        : Optional.empty();
  }

  private Optional<Finding> color(StyleRule rule, Declaration declaration, String word) {
    Optional<Color> read =
        KEYWORDS.contains(word.toLowerCase(Locale.ROOT)) ? Optional.empty() : Values.color(word);
    if (read.isEmpty()) {
      return Optional.empty();
    }
    Color color = read.get();
    Known<Color> nearest = nearest(color);
    double distance = ColorSpaces.distance(nearest.value(), color);
    String variable = code("var(" + use.variable(nearest.token()) + ")");
    String what;
    String fix;
    if (nearest.value().hex().equals(color.hex())) {
      what = "%s is the token %s.".formatted(code(word), code(nearest.token().path()));
      fix = "Write %s.".formatted(variable);
    } else if (distance < NEAR) {
      what =
          "%s is no token, and looks like %s (%s)."
              .formatted(code(word), code(nearest.token().path()), code(nearest.value().hex()));
      fix = "Write %s, unless the difference is meant.".formatted(variable);
    } else {
      what = "%s is no token.".formatted(code(word));
      fix =
          "Add a token for it; the nearest is %s (%s), %s away."
              .formatted(
                  code(nearest.token().path()),
                  code(nearest.value().hex()),
                  Markdown.decimal(distance, 2));
    }
    Place place = new Place(sheet, declaration.line(), rule.selectors().getFirst());
    return Optional.of(
        new Finding(
            TokenRules.HARD_CODED_COLOR,
            Severity.MEDIUM,
            place,
            code(declaration.property()) + ": " + what,
            fix));
  }

  private Known<Color> nearest(Color color) {
    Known<Color> nearest = colors.getFirst();
    for (Known<Color> known : colors) {
      boolean closer =
          ColorSpaces.distance(known.value(), color) < ColorSpaces.distance(nearest.value(), color);
      nearest = closer ? known : nearest;
    }
    return nearest;
  }

  private Optional<Finding> length(
      StyleRule rule, Declaration declaration, String word, Pattern tokens) {
    OptionalDouble read = word.equals("0") ? OptionalDouble.empty() : Values.pixels(word);
    List<Known<Double>> scale =
        lengths.stream().filter(known -> tokens.matcher(known.token().path()).matches()).toList();
    if (read.isEmpty() || Math.abs(read.getAsDouble()) <= HAIRLINE_PX || scale.isEmpty()) {
      return Optional.empty();
    }
    double pixels = Math.abs(read.getAsDouble());
    Known<Double> nearest = scale.getFirst();
    for (Known<Double> known : scale) {
      nearest =
          Math.abs(known.value() - pixels) < Math.abs(nearest.value() - pixels) ? known : nearest;
    }
    String variable = code("var(" + use.variable(nearest.token()) + ")");
    boolean same = Math.abs(nearest.value() - pixels) < 0.001;
    Place place = new Place(sheet, declaration.line(), rule.selectors().getFirst());
    return Optional.of(
        new Finding(
            TokenRules.HARD_CODED_SIZE,
            Severity.LOW,
            place,
            "%s: %s is %s."
                .formatted(
                    code(declaration.property()),
                    code(word),
                    same ? "the token " + code(nearest.token().path()) : "no token"),
            same
                ? "Write %s.".formatted(variable)
                : "Use the nearest, %s (%s), or add a token."
                    .formatted(variable, Values.shown(nearest.value()))));
  }
}
