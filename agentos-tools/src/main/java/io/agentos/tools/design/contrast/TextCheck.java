package io.agentos.tools.design.contrast;

import static io.agentos.tools.report.Markdown.code;
import static io.agentos.tools.report.Markdown.decimal;

import io.agentos.tools.design.color.Color;
import io.agentos.tools.design.color.ColorSpaces;
import io.agentos.tools.design.color.Contrast;
import io.agentos.tools.design.contrast.Computed.Text;
import io.agentos.tools.design.contrast.Painter.Painted;
import io.agentos.tools.design.contrast.Painter.Scene;
import io.agentos.tools.report.Rule;
import io.agentos.tools.report.Severity;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/** Texts, values of fields and placeholders against what is behind them. */
final class TextCheck {
  private static final double NORMAL = 4.5;
  private static final double LARGE = 3;
  private static final double NORMAL_ENHANCED = 7;
  private static final Set<String> BUTTON_TYPES = Set.of("submit", "button", "reset");
  private static final Set<String> NO_TEXT =
      Set.of("checkbox", "radio", "hidden", "range", "color", "file", "image");
  private static final Set<String> DRAWN = Set.of("svg", "canvas", "video", "audio", "math");

  private final boolean enhanced;
  private final Pairs pairs;

  TextCheck(boolean enhanced, Pairs pairs) {
    this.enhanced = enhanced;
    this.pairs = pairs;
  }

  /** Whether an element itself shows text, and is not disabled. */
  static boolean showsText(Element element) {
    String name = element.normalName();
    if (DRAWN.contains(name) || element.closest("svg") != null || isDisabled(element)) {
      return false;
    }
    if (name.equals("input")) {
      String type = element.attr("type").toLowerCase(Locale.ROOT);
      return !NO_TEXT.contains(type)
          && (BUTTON_TYPES.contains(type)
              || !element.attr("placeholder").isEmpty()
              || !element.attr("value").isBlank());
    }
    for (TextNode text : element.textNodes()) {
      if (!text.isBlank()) {
        return true;
      }
    }
    return false;
  }

  static boolean isDisabled(Element element) {
    return element.closest("[disabled], [aria-disabled=true]") != null;
  }

  /** The finding for the text of an element; empty when it passes or cannot be judged. */
  Optional<Sample> check(StyleComputer styles, Element element, Circumstance circumstance) {
    Text text = styles.of(element).text();
    if (text.color().alpha() == 0) {
      return Optional.empty();
    }
    Scene scene = Painter.paint(styles, element, text.color());
    if (!scene.seen()) {
      return Optional.empty();
    }
    if (scene.overImage()) {
      String what =
          "The text is %s; the picture is set %s."
              .formatted(code(scene.worst().text().hex()), where(scene.background()));
      return Optional.of(
          new Sample(
              ContrastRules.IMAGE,
              Severity.LOW,
              element,
              what,
              "Set a `background-color` behind the text that reaches %s:1 with it."
                  .formatted(plain(needed(text))),
              circumstance.words()));
    }
    return judged(ContrastRules.TEXT, element, text, scene, circumstance);
  }

  /** The finding for the placeholder of a field, where the page gives it a colour. */
  Optional<Sample> placeholder(StyleComputer styles, Element field, Circumstance circumstance) {
    Optional<Text> text = styles.placeholder(field);
    if (text.isEmpty() || field.attr("placeholder").isBlank()) {
      return Optional.empty();
    }
    Scene scene = Painter.paint(styles, field, text.get().color());
    return scene.seen() && !scene.overImage()
        ? judged(ContrastRules.PLACEHOLDER, field, text.get(), scene, circumstance)
        : Optional.empty();
  }

  private Optional<Sample> judged(
      Rule rule, Element element, Text text, Scene scene, Circumstance circumstance) {
    Painted worst = scene.worst();
    double ratio = scene.crosses() ? 1 : worst.ratio();
    double needed = needed(text);
    pairs.add(worst, ratio, needed, circumstance);
    if (ratio >= needed) {
      double wanted = text.isLarge() ? NORMAL : NORMAL_ENHANCED;
      return enhanced && ratio < wanted
          ? Optional.of(
              sample(ContrastRules.TEXT_ENHANCED, Severity.LOW, element, text, scene, circumstance))
          : Optional.empty();
    }
    Severity severity = ratio < (text.isLarge() ? 2 : 3) ? Severity.HIGH : Severity.MEDIUM;
    return Optional.of(sample(rule, severity, element, text, scene, circumstance));
  }

  private static Sample sample(
      Rule rule,
      Severity severity,
      Element element,
      Text text,
      Scene scene,
      Circumstance circumstance) {
    Painted worst = scene.worst();
    double needed =
        rule.equals(ContrastRules.TEXT_ENHANCED)
            ? (text.isLarge() ? NORMAL : NORMAL_ENHANCED)
            : needed(text);
    String gradient = scene.possible().size() > 1 ? " at the worst place of its gradient" : "";
    String what =
        "%s on %s%s is %s:1 and needs %s:1 (%s px, weight %d)."
            .formatted(
                code(worst.text().hex()),
                code(worst.background().hex()),
                gradient,
                shown(worst.ratio(), needed),
                plain(needed),
                plain(text.sizePx()),
                text.weight());
    if (scene.crosses()) {
      what += " Between the ends of the gradient the text has the colour of its background.";
    }
    return new Sample(
        rule, severity, element, what, fix(text, scene, needed), circumstance.words());
  }

  private static String fix(Text text, Scene scene, double needed) {
    Painted worst = scene.worst();
    Color better = Contrast.nearest(worst.text(), worst.background(), needed);
    boolean everywhere =
        scene.possible().stream()
            .allMatch(one -> Contrast.ratio(better, one.background()) >= needed);
    if (!everywhere) {
      return "No shade of this colour can be read on the whole gradient. Put a solid colour behind"
          + " the text; the gradient is set %s.".formatted(where(scene.background()));
    }
    Color behind = Contrast.nearest(worst.background(), worst.text(), needed);
    boolean nearer =
        ColorSpaces.distance(behind, worst.background())
            < ColorSpaces.distance(better, worst.text());
    String or =
        nearer && scene.possible().size() == 1 && Contrast.ratio(behind, worst.text()) >= needed
            ? ", or, which is less of a change, its background %s".formatted(code(behind.hex()))
            : "";
    return "Make the text %s (%s:1)%s. It is set %s, its background %s."
        .formatted(
            code(better.hex()),
            decimal(Math.floor(Contrast.ratio(better, worst.background()) * 100) / 100, 2),
            or,
            where(text.origin()),
            where(scene.background()));
  }

  private static double needed(Text text) {
    return text.isLarge() ? LARGE : NORMAL;
  }

  /** A ratio in words; never rounded up to what it misses. */
  static String shown(double ratio, double needed) {
    double cut = Math.floor(ratio * 100) / 100;
    return decimal(ratio < needed ? Math.min(cut, needed - 0.01) : cut, 2);
  }

  static String plain(double number) {
    return number == Math.rint(number) ? decimal(number, 0) : decimal(number, 1);
  }

  static String where(Origin origin) {
    return origin.isAuthors()
        ? "in %s by %s".formatted(code(origin.source() + ":" + origin.line()), code(origin.value()))
        : "by the browser";
  }
}
