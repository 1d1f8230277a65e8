package io.agentos.tools.design.contrast;

import static io.agentos.tools.report.Markdown.code;

import io.agentos.tools.design.css.CssReader;
import io.agentos.tools.design.css.Declaration;
import io.agentos.tools.design.css.StyleRule;
import io.agentos.tools.design.css.StyleSheet;
import io.agentos.tools.html.HtmlPage;
import io.agentos.tools.report.Finding;
import io.agentos.tools.report.Place;
import io.agentos.tools.report.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jsoup.nodes.Element;

/** Variables that are used without a fallback and declared nowhere. */
final class MissingVariables {
  private MissingVariables() {}

  static List<Finding> in(HtmlPage page, PageSheets sheets) {
    Set<String> known = new HashSet<>();
    sheets.declarations().forEach(declaration -> add(declaration, known));
    for (Element element : page.all("[style]")) {
      CssReader.declarations(element.attr("style"), 1)
          .forEach(declaration -> add(declaration, known));
    }
    List<Finding> findings = new ArrayList<>();
    Set<String> told = new HashSet<>();
    for (StyleSheet sheet : sheets.sheets()) {
      for (StyleRule rule : sheet.rules()) {
        for (Declaration declaration : rule.declarations()) {
          for (String name : Variables.withoutFallback(declaration.value())) {
            if (!known.contains(name) && told.add(name)) {
              findings.add(finding(sheet.name(), rule, declaration, name));
            }
          }
        }
      }
    }
    return findings;
  }

  private static void add(Declaration declaration, Set<String> known) {
    if (declaration.isCustom()) {
      known.add(declaration.property());
    }
  }

  private static Finding finding(
      String source, StyleRule rule, Declaration declaration, String name) {
    return new Finding(
        ContrastRules.VARIABLE,
        Severity.LOW,
        new Place(source, declaration.line(), rule.selectors().getFirst()),
        "%s uses %s, which is declared nowhere."
            .formatted(code(declaration.property() + ": " + declaration.value()), code(name)),
        "Declare it in `:root`, mend its name, or give a fallback: `var(%s, …)`.".formatted(name));
  }
}
