package io.agentos.tools.design.contrast;

import static io.agentos.tools.report.Markdown.code;

import io.agentos.tools.design.color.Color;
import io.agentos.tools.design.color.Contrast;
import io.agentos.tools.design.contrast.Computed.Box;
import io.agentos.tools.design.contrast.Computed.Edge;
import io.agentos.tools.report.Severity;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jsoup.nodes.Element;

/** Links, fields and what shows the focus: what must be seen and is no text. */
final class ControlCheck {
  private static final double NEEDED = 3;
  private static final Set<String> FIELDS = Set.of("input", "select", "textarea");
  private static final Set<String> NOT_BOXED =
      Set.of(
          "checkbox",
          "radio",
          "hidden",
          "range",
          "color",
          "file",
          "image",
          "submit",
          "button",
          "reset");

  private ControlCheck() {}

  /** A link in running text that only its colour tells apart. */
  static Optional<Sample> link(StyleComputer styles, Element link, Circumstance circumstance) {
    Element around = link.parent();
    if (!link.normalName().equals("a")
        || !link.hasAttr("href")
        || around == null
        || around.ownText().strip().length() < 2
        || around.normalName().equals("nav")) {
      return Optional.empty();
    }
    Computed of = styles.of(link);
    Computed.Text text = of.text();
    Computed.Text other = styles.of(around).text();
    boolean otherCue =
        text.underlined()
            || of.box().border().isDrawn()
            || of.box().background().alpha() > 0
            || !of.box().shadow().equals("none")
            || text.weight() - other.weight() >= 200
            || link.selectFirst("img, svg, u, strong, b") != null;
    Color front = Painter.paint(styles, link, text.color()).worst().text();
    Color surrounding = Painter.paint(styles, around, other.color()).worst().text();
    double ratio = Contrast.ratio(front, surrounding);
    if (otherCue || ratio >= NEEDED) {
      return Optional.empty();
    }
    String what =
        "The link is %s, the text around it %s: %s:1, and nothing else tells them apart."
            .formatted(code(front.hex()), code(surrounding.hex()), TextCheck.shown(ratio, NEEDED));
    String fix =
        "Take `text-decoration: none` away from links in running text; the colour is set %s."
            .formatted(TextCheck.where(text.origin()));
    return Optional.of(
        new Sample(ContrastRules.LINK, Severity.MEDIUM, link, what, fix, circumstance.words()));
  }

  /** A field whose edge cannot be seen. */
  static Optional<Sample> field(StyleComputer styles, Element field, Circumstance circumstance) {
    String type = field.attr("type").toLowerCase(Locale.ROOT);
    Element around = field.parent();
    if (!FIELDS.contains(field.normalName()) || NOT_BOXED.contains(type) || around == null) {
      return Optional.empty();
    }
    Box box = styles.of(field).box();
    if (!box.border().origin().isAuthors() && !box.origin().isAuthors()) {
      return Optional.empty();
    }
    Color outside = Painter.paint(styles, around, Color.BLACK).worst().background();
    Color inside = Painter.paint(styles, field, Color.BLACK).worst().background();
    Color border = box.border().color().over(outside).rounded();
    double byBorder = box.border().isDrawn() ? Contrast.ratio(border, outside) : 1;
    double best = Math.max(byBorder, Contrast.ratio(inside, outside));
    if (best >= NEEDED || !box.shadow().equals("none")) {
      return Optional.empty();
    }
    String what =
        "Border %s, inside %s, outside %s: %s:1 at best, and needs 3:1."
            .formatted(
                box.border().isDrawn() ? code(border.hex()) : "none",
                code(inside.hex()),
                code(outside.hex()),
                TextCheck.shown(best, NEEDED));
    Color better = Contrast.nearest(border, outside, NEEDED);
    String fix =
        "Give it a border of %s. The border is set %s."
            .formatted(code(better.hex()), TextCheck.where(box.border().origin()));
    return Optional.of(
        new Sample(ContrastRules.FIELD, Severity.MEDIUM, field, what, fix, circumstance.words()));
  }

  /** Whether the keyboard reaches an element. */
  static boolean takesFocus(Element element) {
    String name = element.normalName();
    boolean hidden = element.attr("type").toLowerCase(Locale.ROOT).equals("hidden");
    boolean control =
        (name.equals("a") && element.hasAttr("href"))
            || name.equals("button")
            || name.equals("summary")
            || (FIELDS.contains(name) && !hidden);
    boolean byIndex = element.hasAttr("tabindex") && !element.attr("tabindex").startsWith("-");
    return (control || byIndex)
        && !element.attr("tabindex").startsWith("-")
        && !TextCheck.isDisabled(element);
  }

  /** A focus that cannot be seen. */
  static Optional<Sample> focus(
      StyleComputer rest, StyleComputer focused, Element element, Circumstance circumstance) {
    Box before = rest.of(element).box();
    Box after = focused.of(element).box();
    Edge outline = after.outline();
    if (!outline.isDrawn()) {
      boolean changes =
          !before.border().color().equals(after.border().color())
              || before.border().widthPx() != after.border().widthPx()
              || !before.background().equals(after.background())
              || !before.shadow().equals(after.shadow())
              || !rest.of(element).text().equals(focused.of(element).text());
      return changes || !outline.origin().isAuthors()
          ? Optional.empty()
          : Optional.of(hidden(element, outline, circumstance));
    }
    Element around = element.parent();
    return !outline.origin().isAuthors() || around == null
        ? Optional.empty()
        : faint(focused, element, around, circumstance);
  }

  private static Optional<Sample> faint(
      StyleComputer focused, Element element, Element around, Circumstance circumstance) {
    Edge outline = focused.of(element).box().outline();
    Color outside = Painter.paint(focused, around, Color.BLACK).worst().background();
    Color line = outline.color().over(outside).rounded();
    double ratio = Contrast.ratio(line, outside);
    if (ratio >= NEEDED) {
      return Optional.empty();
    }
    String what =
        "The outline is %s on %s: %s:1, and needs 3:1."
            .formatted(code(line.hex()), code(outside.hex()), TextCheck.shown(ratio, NEEDED));
    String fix =
        "Make the outline %s. It is set %s."
            .formatted(
                code(Contrast.nearest(line, outside, NEEDED).hex()),
                TextCheck.where(outline.origin()));
    return Optional.of(
        new Sample(
            ContrastRules.FOCUS_FAINT,
            Severity.MEDIUM,
            element,
            what,
            fix,
            circumstance.atRest().words()));
  }

  private static Sample hidden(Element element, Edge outline, Circumstance circumstance) {
    return new Sample(
        ContrastRules.FOCUS_HIDDEN,
        Severity.HIGH,
        element,
        "With the focus it looks as without: the outline is taken away %s."
            .formatted(TextCheck.where(outline.origin())),
        "Take that away, or add `:focus-visible { outline: 2px solid; outline-offset: 2px }`.",
        circumstance.atRest().words());
  }
}
