package io.agentos.tools.design.a11y;

import static io.agentos.tools.report.Markdown.code;

import io.agentos.tools.html.HtmlPage;
import io.agentos.tools.report.Severity;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;

/** Roles, states and references, after WAI-ARIA 1.2. */
final class AriaChecks {
  private static final Set<String> ROLES =
      words(
          """
          alert alertdialog application article banner blockquote button caption cell checkbox code
          columnheader combobox complementary contentinfo definition deletion dialog directory
          document emphasis feed figure form generic grid gridcell group heading img insertion link
          list listbox listitem log main marquee math menu menubar menuitem menuitemcheckbox
          menuitemradio meter navigation none note option paragraph presentation progressbar radio
          radiogroup region row rowgroup rowheader scrollbar search searchbox separator slider
          spinbutton status strong subscript superscript switch tab table tablist tabpanel term
          textbox time timer toolbar tooltip tree treegrid treeitem
          comment mark suggestion image
          """);
  private static final Set<String> ATTRIBUTES =
      words(
          """
          activedescendant atomic autocomplete braillelabel brailleroledescription busy checked
          colcount colindex colindextext colspan controls current describedby description details
          disabled dropeffect errormessage expanded flowto grabbed haspopup hidden invalid
          keyshortcuts label labelledby level live modal multiline multiselectable orientation owns
          placeholder posinset pressed readonly relevant required roledescription rowcount rowindex
          rowindextext rowspan selected setsize sort valuemax valuemin valuenow valuetext
          """);
  private static final Set<String> FLAGS =
      Set.of(
          "aria-atomic",
          "aria-busy",
          "aria-disabled",
          "aria-modal",
          "aria-multiline",
          "aria-multiselectable",
          "aria-readonly",
          "aria-required");
  private static final Map<String, Set<String>> VALUES =
      Map.of(
          "aria-expanded", Set.of("true", "false", "undefined"),
          "aria-hidden", Set.of("true", "false", "undefined"),
          "aria-checked", Set.of("true", "false", "mixed", "undefined"),
          "aria-pressed", Set.of("true", "false", "mixed", "undefined"),
          "aria-selected", Set.of("true", "false", "undefined"),
          "aria-live", Set.of("off", "polite", "assertive"),
          "aria-haspopup", Set.of("true", "false", "menu", "listbox", "tree", "grid", "dialog"),
          "aria-invalid", Set.of("true", "false", "grammar", "spelling"),
          "aria-current", Set.of("true", "false", "page", "step", "location", "date", "time"),
          "aria-sort", Set.of("ascending", "descending", "none", "other"));
  private static final Map<String, List<String>> REQUIRED =
      Map.of(
          "checkbox", List.of("aria-checked"),
          "switch", List.of("aria-checked"),
          "radio", List.of("aria-checked"),
          "menuitemcheckbox", List.of("aria-checked"),
          "menuitemradio", List.of("aria-checked"),
          "slider", List.of("aria-valuenow"),
          "scrollbar", List.of("aria-controls", "aria-valuenow"),
          "combobox", List.of("aria-expanded"),
          "heading", List.of("aria-level"),
          "option", List.of());
  private static final List<String> REFERENCES =
      List.of(
          "aria-labelledby",
          "aria-describedby",
          "aria-controls",
          "aria-owns",
          "aria-errormessage",
          "for",
          "headers",
          "list");

  private AriaChecks() {}

  static void check(Scan scan) {
    Set<String> referenced = new LinkedHashSet<>();
    for (Element element : scan.page().document().getAllElements()) {
      role(scan, element);
      for (Attribute attribute : element.attributes()) {
        attribute(scan, element, attribute.getKey().toLowerCase(Locale.ROOT), attribute.getValue());
      }
      for (String name : REFERENCES) {
        references(scan, element, name, referenced);
      }
    }
    twice(scan, referenced);
  }

  private static void role(Scan scan, Element element) {
    String role = element.attr("role").strip().toLowerCase(Locale.ROOT);
    if (role.isEmpty()) {
      return;
    }
    List<String> roles = List.of(role.split("\\s+", -1));
    if (roles.stream()
        .noneMatch(
            one -> ROLES.contains(one) || one.startsWith("doc-") || one.startsWith("graphics-"))) {
      scan.add(
          AccessRules.ARIA_ROLE,
          Severity.HIGH,
          element,
          "%s is no role of WAI-ARIA 1.2.".formatted(code(role)),
          "Use one that exists, or the HTML element itself: `<button>`, `<nav>`, `<main>`.");
    }
    boolean nativeState =
        element.normalName().equals("input")
            || element.normalName().matches("h[1-6]|select|option");
    for (String state :
        nativeState ? List.<String>of() : REQUIRED.getOrDefault(roles.getFirst(), List.of())) {
      if (!element.hasAttr(state)) {
        scan.add(
            AccessRules.ARIA_REQUIRED,
            Severity.HIGH,
            element,
            "The role %s needs %s.".formatted(code(role), code(state)),
            "Add it and keep it up to date, or use the HTML element that has it by itself.");
      }
    }
  }

  private static void attribute(Scan scan, Element element, String name, String value) {
    if (!name.startsWith("aria-")) {
      return;
    }
    if (!ATTRIBUTES.contains(name.substring("aria-".length()))) {
      scan.add(
          AccessRules.ARIA_ATTRIBUTE,
          Severity.MEDIUM,
          element,
          "%s does not exist.".formatted(code(name)),
          name.equals("aria-labeledby")
              ? "Write `aria-labelledby`, with two l."
              : "Mend its name or take it away.");
      return;
    }
    Set<String> allowed =
        FLAGS.contains(name) ? Set.of("true", "false") : VALUES.getOrDefault(name, Set.of());
    String plain = value.strip().toLowerCase(Locale.ROOT);
    if (!allowed.isEmpty() && !allowed.contains(plain)) {
      scan.add(
          AccessRules.ARIA_ATTRIBUTE,
          Severity.MEDIUM,
          element,
          "%s is %s.".formatted(code(name), plain.isEmpty() ? "empty" : code(value)),
          "Allowed: %s.".formatted(String.join(", ", allowed.stream().sorted().toList())));
    }
  }

  private static void references(Scan scan, Element element, String name, Set<String> referenced) {
    String value = element.attr(name).strip();
    boolean label = !name.equals("for") || element.normalName().equals("label");
    if (value.isEmpty() || !label) {
      return;
    }
    for (String id : Names.references(element, name)) {
      referenced.add(id);
      if (scan.names().withId(id).isEmpty()) {
        boolean names = name.equals("aria-labelledby") || name.equals("for");
        scan.add(
            AccessRules.ID_MISSING,
            names ? Severity.HIGH : Severity.LOW,
            element,
            "%s names %s, and the page has no such id.".formatted(code(name), code(id)),
            "Give the element that is meant this id, or mend the reference.");
      }
    }
  }

  private static void twice(Scan scan, Set<String> referenced) {
    for (String id : referenced) {
      List<Element> same = scan.names().withId(id);
      if (same.size() > 1) {
        scan.add(
            AccessRules.ID_TWICE,
            Severity.HIGH,
            same.get(1),
            "%s is the id of %d elements; the first is in line %d."
                .formatted(code(id), same.size(), HtmlPage.line(same.getFirst())),
            "Give each an id of its own.");
      }
    }
  }

  private static Set<String> words(String text) {
    return Set.of(text.strip().split("\\s+", -1));
  }
}
