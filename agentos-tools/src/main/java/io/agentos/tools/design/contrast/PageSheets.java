package io.agentos.tools.design.contrast;

import io.agentos.tools.design.css.CssReader;
import io.agentos.tools.design.css.Declaration;
import io.agentos.tools.design.css.StyleRule;
import io.agentos.tools.design.css.StyleSheet;
import io.agentos.tools.html.HtmlPage;
import io.agentos.tools.report.GivenText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/**
 * The style sheets of a page.
 *
 * @param sheets in the order in which they apply
 * @param missing what the page links or imports and was not given
 */
record PageSheets(List<StyleSheet> sheets, List<String> missing) {
  private static final int THEMES_MAX = 3;
  private static final Pattern THEME =
      Pattern.compile(
          "^(?:html|:root)?(?:\\[(data-[a-z-]{1,40})=[\"']?([\\w-]{1,40})[\"']?\\]"
              + "|\\.((?:dark|light|theme)(?:-[\\w-]{1,40})?))(?:$|[\\s>])");

  static PageSheets of(HtmlPage page, Optional<GivenText> css) {
    List<StyleSheet> sheets = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    boolean given = false;
    for (Element element : page.all("style, link[rel~=(?i)\\bstylesheet\\b]")) {
      if (element.normalName().equals("style")) {
        int line = Math.max(1, element.sourceRange().end().lineNumber());
        sheets.add(CssReader.read(page.name(), element.data(), line));
      } else if (css.isEmpty()) {
        missing.add(element.attr("href"));
      } else if (!given) {
        given = true;
        sheets.add(CssReader.read(css.get().name(), css.get().text(), 1));
      }
    }
    if (css.isPresent() && !given) {
      sheets.addFirst(CssReader.read(css.get().name(), css.get().text(), 1));
    }
    sheets.forEach(sheet -> missing.addAll(sheet.imports()));
    return new PageSheets(sheets, missing);
  }

  /** Whether any query of the sheets speaks of this. */
  boolean asks(String words) {
    return rules().stream()
        .flatMap(rule -> rule.conditions().stream())
        .anyMatch(condition -> condition.query().toLowerCase(Locale.ROOT).contains(words));
  }

  /** Whether a colour is given for light and dark at once. */
  boolean hasLightDark() {
    return declarations().stream().anyMatch(one -> one.value().contains("light-dark("));
  }

  /** Attributes and classes of the root that stand for themes, such as {@code data-theme=dark}. */
  List<String> themes() {
    Set<String> themes = new LinkedHashSet<>();
    for (StyleRule rule : rules()) {
      for (String selector : rule.selectors()) {
        Matcher theme = THEME.matcher(selector);
        if (theme.find()) {
          String name = theme.group(1);
          themes.add(name == null ? "class=" + theme.group(3) : name + "=" + theme.group(2));
        }
      }
    }
    return themes.stream().limit(THEMES_MAX).toList();
  }

  List<StyleRule> rules() {
    return sheets.stream().flatMap(sheet -> sheet.rules().stream()).toList();
  }

  List<Declaration> declarations() {
    return rules().stream().flatMap(rule -> rule.declarations().stream()).toList();
  }
}
