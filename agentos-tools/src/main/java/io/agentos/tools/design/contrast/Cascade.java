package io.agentos.tools.design.contrast;

import io.agentos.tools.design.css.CssReader;
import io.agentos.tools.design.css.Declaration;
import io.agentos.tools.design.css.StyleRule;
import io.agentos.tools.design.css.StyleSheet;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * Which declarations reach which element, in the order in which later ones win. Owned by one
 * thread.
 */
final class Cascade {
  private static final int TESTS_MAX = 6_000_000;
  private static final int MATCHES_MAX = 1_500_000;
  private static final int UNLAYERED = 1_000_000;

  /** What of a style sheet matters here. */
  private static final Set<String> RELEVANT =
      Set.of(
          "color",
          "-webkit-text-fill-color",
          "background",
          "background-color",
          "background-image",
          "background-clip",
          "-webkit-background-clip",
          "font",
          "font-size",
          "font-weight",
          "opacity",
          "display",
          "visibility",
          "position",
          "clip",
          "clip-path",
          "border",
          "border-color",
          "border-style",
          "border-width",
          "border-bottom",
          "border-bottom-color",
          "outline",
          "outline-color",
          "outline-style",
          "outline-width",
          "box-shadow",
          "text-decoration",
          "text-decoration-line",
          "color-scheme",
          "all");

  /**
   * A rule that matches an element.
   *
   * @param author whether it is the page's and not the browser's
   */
  record Applied(StyleRule rule, Selector selector, String source, boolean author, int layer) {}

  private final IdentityHashMap<Element, List<Applied>> byElement = new IdentityHashMap<>();
  private final Map<String, List<Element>> byKey = new HashMap<>();
  private final Set<State> states = EnumSet.noneOf(State.class);
  private int tests;
  private int matches;
  private int selectorsNotRead;
  private boolean cut;

  private Cascade() {}

  /** Matches every rule of the sheets, in their order, with the elements of a document. */
  static Cascade of(Document document, List<StyleSheet> sheets) throws InterruptedIOException {
    Cascade cascade = new Cascade();
    for (Element element : document.getAllElements()) {
      cascade.index(element);
    }
    cascade.match(BrowserStyles.SHEET, document, false);
    for (StyleSheet sheet : sheets) {
      cascade.match(sheet, document, true);
    }
    Comparator<Applied> weakestFirst =
        Comparator.comparing(Applied::author)
            .thenComparingInt(Applied::layer)
            .thenComparingInt(applied -> applied.selector().specificity());
    cascade.byElement.values().forEach(applied -> applied.sort(weakestFirst));
    return cascade;
  }

  private void index(Element element) {
    add("*", element);
    add(element.normalName(), element);
    if (!element.id().isEmpty()) {
      add("#" + element.id(), element);
    }
    element.classNames().forEach(name -> add("." + name, element));
  }

  private void add(String key, Element element) {
    byKey.computeIfAbsent(key, none -> new ArrayList<>()).add(element);
  }

  private void match(StyleSheet sheet, Document document, boolean author)
      throws InterruptedIOException {
    for (StyleRule rule : sheet.rules()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("interrupted");
      }
      if (rule.declarations().stream().anyMatch(Cascade::matters)) {
        int layer = rule.layer().isEmpty() ? UNLAYERED : sheet.layers().indexOf(rule.layer());
        for (String text : rule.selectors()) {
          Optional<Selector> selector = SelectorReader.read(text);
          if (selector.isEmpty()) {
            selectorsNotRead += text.contains("::") ? 0 : 1;
          } else {
            match(new Applied(rule, selector.get(), sheet.name(), author, layer), document);
          }
        }
      }
    }
  }

  private static boolean matters(Declaration declaration) {
    return declaration.isCustom() || RELEVANT.contains(declaration.property());
  }

  private void match(Applied applied, Document document) {
    Selector selector = applied.selector();
    if (applied.author()) {
      states.addAll(selector.states());
    }
    for (Element element : byKey.getOrDefault(selector.key(), List.of())) {
      if (tests >= TESTS_MAX || matches >= MATCHES_MAX) {
        cut = true;
        return;
      }
      tests++;
      if (selector.evaluator().matches(document, element)) {
        matches++;
        byElement.computeIfAbsent(element, none -> new ArrayList<>()).add(applied);
      }
    }
  }

  /** The declarations that hold for an element, the strongest of them last. */
  List<Won> declarations(Element element, Circumstance circumstance, boolean placeholder) {
    List<Won> normal = new ArrayList<>();
    List<Won> important = new ArrayList<>();
    for (Applied applied : byElement.getOrDefault(element, List.of())) {
      if (applied.selector().placeholder() == placeholder
          && applied.selector().holds(circumstance.states())
          && MediaQuery.applies(applied.rule().conditions(), circumstance)) {
        for (Declaration declaration : applied.rule().declarations()) {
          add(declaration, applied.author() ? applied.source() : "", normal, important);
        }
      }
    }
    String style = placeholder ? "" : element.attr("style");
    if (!style.isEmpty()) {
      int line = Math.max(1, element.sourceRange().start().lineNumber());
      for (Declaration declaration : CssReader.declarations(style, line)) {
        add(declaration, "style attribute", normal, important);
      }
    }
    normal.addAll(important);
    return normal;
  }

  private static void add(
      Declaration declaration, String source, List<Won> normal, List<Won> important) {
    int line = source.isEmpty() ? 0 : declaration.line();
    Won won = new Won(declaration, new Origin(source, line, declaration.value()));
    (declaration.important() ? important : normal).add(won);
  }

  /** A declaration with where it stands. */
  record Won(Declaration declaration, Origin origin) {}

  /** The states that the page's own selectors speak of. */
  Set<State> states() {
    return states;
  }

  /** How many selectors were passed over, those of pseudo-elements not counted. */
  int selectorsNotRead() {
    return selectorsNotRead;
  }

  /** Whether there was more to match than is matched. */
  boolean isCut() {
    return cut;
  }
}
