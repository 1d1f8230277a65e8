package io.agentos.tools.design.a11y;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/**
 * What a screen reader calls an element, after Accessible Name and Description Computation 1.2 as
 * far as HTML alone tells it. Owned by one thread.
 */
final class Names {
  private static final int LENGTH_MAX = 2_000;

  /** The most references of one attribute that are followed. */
  static final int REFERENCES_MAX = 20;

  private final Map<String, List<Element>> byId = new HashMap<>();
  private final Map<String, List<Element>> labelsFor = new HashMap<>();

  /** Names in this document. */
  Names(Document document) {
    for (Element element : document.getAllElements()) {
      if (!element.id().isEmpty()) {
        byId.computeIfAbsent(element.id(), none -> new ArrayList<>()).add(element);
      }
      if (element.normalName().equals("label") && element.hasAttr("for")) {
        labelsFor.computeIfAbsent(element.attr("for"), none -> new ArrayList<>()).add(element);
      }
    }
  }

  /** The elements with an id, in the order of the document. */
  List<Element> withId(String id) {
    return byId.getOrDefault(id, List.of());
  }

  /** The name; empty when there is none. */
  String of(Element element) {
    String byId = referenced(element, "aria-labelledby");
    if (!byId.isEmpty()) {
      return byId;
    }
    String label = element.attr("aria-label").strip();
    if (!label.isEmpty()) {
      return label;
    }
    String own = own(element);
    return own.isEmpty() ? element.attr("title").strip() : own;
  }

  private String own(Element element) {
    return switch (element.normalName()) {
      case "img", "area" -> element.attr("alt").strip();
      case "input" -> input(element);
      case "select", "textarea", "meter", "progress", "output" -> labels(element);
      case "svg" -> {
        Element title = element.selectFirst("> title");
        yield title == null ? "" : title.text().strip();
      }
      case "fieldset" -> child(element, "legend");
      case "table" -> child(element, "caption");
      case "iframe", "frame", "object", "video", "audio" -> "";
      default -> content(element);
    };
  }

  private String input(Element input) {
    return switch (input.attr("type").toLowerCase(Locale.ROOT)) {
      case "submit" -> input.hasAttr("value") ? input.attr("value").strip() : "Submit";
      case "reset" -> input.hasAttr("value") ? input.attr("value").strip() : "Reset";
      case "button" -> input.attr("value").strip();
      case "image" -> input.attr("alt").strip();
      default -> labels(input);
    };
  }

  private String child(Element element, String name) {
    Element child = element.selectFirst("> " + name);
    return child == null ? "" : content(child);
  }

  private String labels(Element field) {
    StringBuilder name = new StringBuilder();
    for (Element label : labelsFor.getOrDefault(field.id(), List.of())) {
      if (name.length() < LENGTH_MAX) {
        name.append(content(label)).append(' ');
      }
    }
    Element around = field.closest("label");
    if (around != null && name.toString().isBlank()) {
      name.append(content(around));
    }
    return name.toString().strip();
  }

  /** The texts of the elements that an attribute names. */
  private String referenced(Element element, String attribute) {
    StringBuilder name = new StringBuilder();
    for (String id : references(element, attribute)) {
      for (Element other : withId(id).stream().limit(1).toList()) {
        String label = other.attr("aria-label").strip();
        name.append(label.isEmpty() ? content(other) : label).append(' ');
      }
    }
    return name.toString().strip();
  }

  /** The ids that an attribute names, the first of them. */
  static List<String> references(Element element, String attribute) {
    String value = element.attr(attribute).strip();
    return value.isEmpty()
        ? List.of()
        : Pattern.compile("\\s+").splitAsStream(value).limit(REFERENCES_MAX).toList();
  }

  /** The text in an element as it is heard: with the texts of images, without what is hidden. */
  private String content(Element element) {
    StringBuilder text = new StringBuilder();
    Node node = element.childNodeSize() == 0 ? null : element.childNode(0);
    while (node != null && text.length() < LENGTH_MAX) {
      boolean enter = false;
      if (node instanceof TextNode words) {
        text.append(words.getWholeText());
      } else if (node instanceof Element child && !isPassedOver(child)) {
        String label = label(child);
        text.append(' ').append(label);
        enter = label.isBlank();
      }
      node = next(node, element, enter);
    }
    return text.toString().strip().replaceAll("\\s+", " ");
  }

  private static boolean isPassedOver(Element child) {
    return child.hasAttr("hidden")
        || child.attr("aria-hidden").equals("true")
        || Set.of("script", "style", "template", "noscript").contains(child.normalName());
  }

  private String label(Element child) {
    String label = child.attr("aria-label").strip();
    if (!label.isEmpty()) {
      return label;
    }
    return switch (child.normalName()) {
      case "img", "area", "svg" -> own(child);
      // A field in a label is not part of its own name; the text of a button is.
      case "input" -> child.attr("type").matches("(?i)submit|button|reset") ? input(child) : "";
      default -> "";
    };
  }

  private static @Nullable Node next(Node node, Element top, boolean enter) {
    if (enter && node.childNodeSize() > 0) {
      return node.childNode(0);
    }
    Node at = node;
    while (at != null && !at.equals(top) && at.nextSibling() == null) {
      at = at.parentNode();
    }
    return at == null || at.equals(top) ? null : at.nextSibling();
  }
}
