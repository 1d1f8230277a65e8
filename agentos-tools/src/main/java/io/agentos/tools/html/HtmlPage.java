package io.agentos.tools.html;

import io.agentos.tools.report.GivenText;
import io.agentos.tools.report.GivenTexts;
import io.agentos.tools.report.Markdown;
import io.agentos.tools.report.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.parser.Parser;

/**
 * A page of HTML with the lines its elements begin in.
 *
 * @param name to be shown
 * @param source as it was given
 */
public record HtmlPage(String name, String source, Document document) {
  /** The most elements of a page. */
  public static final int ELEMENTS_MAX = 30_000;

  private static final int DEPTH_MAX = 400;
  private static final int LABEL_CLASSES = 2;
  private static final Pattern TAG = Pattern.compile("<[a-zA-Z!]");

  /**
   * Reads a page as a browser would.
   *
   * @throws io.agentos.api.AgentOsException INVALID_ARGUMENTS when it is no HTML or beyond bounds
   */
  public static HtmlPage of(GivenText given) {
    if (!TAG.matcher(given.text()).find()) {
      throw GivenTexts.wrong(
          "%s is not HTML: there is no tag in it. Give the page's HTML, such as the file that the"
                  .formatted(given.name())
              + " browser saves, or its path.");
    }
    Document document = Jsoup.parse(given.text(), "", Parser.htmlParser().setTrackPosition(true));
    int elements = 0;
    int depth = 0;
    Node node = document;
    while (node != null) {
      elements += node instanceof Element ? 1 : 0;
      if (elements > ELEMENTS_MAX || depth > DEPTH_MAX) {
        throw GivenTexts.wrong(
            "%s has more than %s, or elements in each other more than %d deep. Give a part of it."
                .formatted(given.name(), Markdown.count(ELEMENTS_MAX, "element"), DEPTH_MAX));
      }
      if (node.childNodeSize() > 0) {
        node = node.childNode(0);
        depth++;
        continue;
      }
      while (node != null && node.nextSibling() == null) {
        node = node.parentNode();
        depth--;
      }
      node = node == null ? null : node.nextSibling();
    }
    return new HtmlPage(given.name(), given.text(), document);
  }

  /** Where an element begins. */
  public Place place(Element element) {
    return new Place(name, line(element), label(element));
  }

  /** The line in which a node begins; 0 for one that the parser added. */
  public static int line(Node node) {
    return node.sourceRange().isTracked()
        ? Math.max(0, node.sourceRange().start().lineNumber())
        : 0;
  }

  /** Such as {@code a.button.primary} or {@code input#email}. */
  public static String label(Element element) {
    if (!element.id().isEmpty()) {
      return element.normalName() + "#" + element.id();
    }
    StringBuilder label = new StringBuilder(element.normalName());
    element.classNames().stream()
        .limit(LABEL_CLASSES)
        .forEach(one -> label.append('.').append(one));
    return label.toString();
  }

  /** The elements that a selector finds, in the order of the page. */
  public List<Element> all(String selector) {
    return new ArrayList<>(document.select(selector));
  }
}
