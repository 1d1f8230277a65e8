package io.agentos.tools.design.contrast;

import io.agentos.tools.design.color.Color;
import io.agentos.tools.design.color.ColorReader;
import io.agentos.tools.design.contrast.Computed.Box;
import io.agentos.tools.design.contrast.Computed.Edge;
import io.agentos.tools.design.contrast.Computed.Text;
import io.agentos.tools.design.contrast.Longhands.Value;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** The styles of all elements under one circumstance. Owned by one thread. */
final class StyleComputer {
  private static final int UNREAD_MAX = 20;

  private final Cascade cascade;
  private final Circumstance circumstance;
  private final IdentityHashMap<Element, Computed> computed = new IdentityHashMap<>();
  private final List<Origin> unread;
  private boolean dark;
  private double rootSizePx = Sizes.MEDIUM_PX;

  private StyleComputer(Cascade cascade, Circumstance circumstance, List<Origin> unread) {
    this.cascade = cascade;
    this.circumstance = circumstance;
    this.unread = unread;
  }

  /**
   * Computes them all, parents first.
   *
   * @param unread takes the colours that could not be read
   */
  static StyleComputer of(
      Document document, Cascade cascade, Circumstance circumstance, List<Origin> unread) {
    StyleComputer computer = new StyleComputer(cascade, circumstance, unread);
    Element meta = document.selectFirst("meta[name=color-scheme]");
    computer.dark = meta != null && computer.isDark(meta.attr("content"));
    for (Element element : document.getAllElements()) {
      if (!element.equals(document)) {
        computer.compute(element);
      }
    }
    return computer;
  }

  private boolean isDark(String colorScheme) {
    return colorScheme.contains("dark") && (circumstance.dark() || !colorScheme.contains("light"));
  }

  /** What was computed for an element of the document. */
  Computed of(Element element) {
    return computed.getOrDefault(element, root());
  }

  /** What the page lies on. */
  Color canvas() {
    return dark ? new ColorReader(Color.BLACK, true).read("canvas").orElseThrow() : Color.WHITE;
  }

  /**
   * The colour of the placeholder of a field and where it is set; empty when the page sets none.
   */
  Optional<Text> placeholder(Element field) {
    Computed of = of(field);
    Longhands longhands = longhands(field, of.variables(), true);
    if (longhands.get("color").isEmpty() && longhands.get("opacity").isEmpty()) {
      return Optional.empty();
    }
    Text own = of.text();
    Origin origin = longhands.get("color").or(() -> longhands.get("opacity")).get().origin();
    Color color = color(longhands, "color", own.color()).orElse(own.color());
    double opacity = Sizes.share(longhands.text("opacity", "1")).orElse(1);
    return Optional.of(
        new Text(color.faded(opacity), origin, own.sizePx(), own.weight(), own.underlined()));
  }

  private Computed root() {
    Color color = dark ? Color.WHITE : Color.BLACK;
    return new Computed(
        Map.of(),
        new Text(color, Origin.BROWSER, rootSizePx, 400, false),
        new Box(
            Color.TRANSPARENT,
            Origin.BROWSER,
            List.of(),
            false,
            false,
            Edge.NONE,
            Edge.NONE,
            "",
            1),
        true,
        true,
        false);
  }

  private void compute(Element element) {
    Element above = element.parent();
    boolean isRoot = above == null || !computed.containsKey(above);
    Map<String, String> own = new HashMap<>();
    for (Cascade.Won won : cascade.declarations(element, circumstance, false)) {
      if (won.declaration().isCustom()) {
        own.put(won.declaration().property(), won.declaration().value());
      }
    }
    Computed parent = above == null ? root() : of(above);
    Map<String, String> variables = Variables.values(own, parent.variables());
    Longhands longhands = longhands(element, variables, false);
    if (isRoot && longhands.get("color-scheme").isPresent()) {
      dark = isDark(longhands.text("color-scheme", ""));
      parent = root();
    }
    Text text = text(longhands, parent.text());
    if (isRoot) {
      rootSizePx = text.sizePx();
    }
    String display = longhands.text("display", "");
    String visibility = longhands.text("visibility", parent.visible() ? "visible" : "hidden");
    String position = longhands.text("position", "static");
    boolean forReaders = Sizes.isForScreenReaders(longhands) || text.sizePx() == 0;
    computed.put(
        element,
        new Computed(
            variables,
            text,
            box(longhands, text.color()),
            parent.shown()
                && !display.equals("none")
                && !(forReaders && position.equals("absolute")),
            visibility.equals("visible") || (visibility.equals("inherit") && parent.visible()),
            parent.positioned() || position.equals("absolute") || position.equals("fixed")));
  }

  private Longhands longhands(Element element, Map<String, String> variables, boolean placeholder) {
    Longhands longhands = new Longhands();
    for (Cascade.Won won : cascade.declarations(element, circumstance, placeholder)) {
      if (!won.declaration().isCustom()) {
        Optional<String> value = Variables.replaced(won.declaration().value(), variables);
        longhands.put(won.declaration().property(), value.orElse("unset"), won.origin());
      }
    }
    return longhands;
  }

  private Text text(Longhands longhands, Text parent) {
    Color color = color(longhands, "color", parent.color()).orElse(parent.color());
    Origin origin =
        longhands
            .get("color")
            .filter(value -> !value.text().equals("inherit") && !value.text().equals("unset"))
            .map(Value::origin)
            .orElse(parent.origin());
    Optional<Value> fill = longhands.get("-webkit-text-fill-color");
    if (fill.isPresent()) {
      color = color(longhands, "-webkit-text-fill-color", color).orElse(color);
      origin = fill.get().origin();
    }
    double size =
        Sizes.fontSize(longhands.text("font-size", ""), parent.sizePx(), rootSizePx, circumstance);
    int weight = Sizes.weight(longhands.text("font-weight", ""), parent.weight());
    String line = longhands.text("text-decoration-line", "");
    return new Text(color, origin, size, weight, line.contains("underline"));
  }

  private Box box(Longhands longhands, Color text) {
    Color background = color(longhands, "background-color", text).orElse(Color.TRANSPARENT);
    String image = longhands.text("background-image", "none");
    Origin origin =
        longhands
            .get(image.contains("gradient(") ? "background-image" : "background-color")
            .map(Value::origin)
            .orElse(Origin.BROWSER);
    return new Box(
        background,
        origin,
        Gradients.colors(image, new ColorReader(text, dark)),
        image.contains("url(") || image.contains("image-set("),
        longhands.text("background-clip", "").equals("text"),
        edge(longhands, "border", text),
        edge(longhands, "outline", text),
        longhands.text("box-shadow", "none"),
        Sizes.share(longhands.text("opacity", "1")).orElse(1));
  }

  private Edge edge(Longhands longhands, String name, Color text) {
    String style = longhands.text(name + "-style", "none");
    double width =
        style.equals("none") || style.equals("hidden")
            ? 0
            : Sizes.edgeWidth(longhands.text(name + "-width", "medium"));
    Origin origin =
        longhands
            .get(name + "-color")
            .or(() -> longhands.get(name + "-style"))
            .map(Value::origin)
            .orElse(Origin.BROWSER);
    String written = longhands.text(name + "-color", "currentcolor");
    Optional<Color> color = new ColorReader(text, dark).read(written);
    return new Edge(width, color.orElse(text), origin);
  }

  /** The colour of a property; empty where it is not set, or the parent's holds. */
  private Optional<Color> color(Longhands longhands, String property, Color current) {
    Optional<Value> value = longhands.get(property);
    if (value.isEmpty() || Longhands.isKeyword(value.get().text())) {
      boolean initial = value.isPresent() && value.get().text().equals("initial");
      return initial && property.equals("color")
          ? Optional.of(root().text().color())
          : Optional.empty();
    }
    Optional<Color> color = new ColorReader(current, dark).read(value.get().text());
    Origin origin = value.get().origin();
    if (color.isEmpty() && origin.isAuthors() && unread.size() < UNREAD_MAX) {
      if (!unread.contains(origin)) {
        unread.add(origin);
      }
    }
    return color;
  }
}
