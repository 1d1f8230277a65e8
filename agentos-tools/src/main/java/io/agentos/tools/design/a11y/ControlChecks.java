package io.agentos.tools.design.a11y;

import static io.agentos.tools.report.Markdown.code;

import io.agentos.tools.report.Severity;
import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Element;

/** Links, buttons and whatever else is clicked. */
final class ControlChecks {
  private static final String CONTROLS =
      "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button],"
          + " [role=link], [role=checkbox], [role=switch], [role=tab], [role=menuitem]";
  private static final Set<String> NATIVE =
      Set.of(
          "a",
          "button",
          "input",
          "select",
          "textarea",
          "summary",
          "label",
          "option",
          "area",
          "details",
          "body",
          "form",
          "html",
          "video",
          "audio");
  private static final Set<String> VAGUE =
      Set.of(
          "here",
          "click here",
          "click",
          "more",
          "read more",
          "learn more",
          "see more",
          "link",
          "this",
          "this page",
          "details",
          "info",
          "go",
          "continue",
          "weiter",
          "mehr",
          "hier",
          "mehr erfahren",
          "download");

  private ControlChecks() {}

  static void check(Scan scan) {
    for (Element link : scan.all("a[href]")) {
      if (!Scan.isSilent(link)) {
        link(scan, link);
      }
    }
    for (Element button :
        scan.all(
            "button, [role=button], input[type=submit], input[type=button], input[type=reset], summary")) {
      if (!Scan.isSilent(button) && scan.names().of(button).isEmpty()) {
        scan.add(
            AccessRules.BUTTON_NAME,
            Severity.HIGH,
            button,
            "Neither text nor `aria-label` names it.",
            "Write text into it, or `aria-label=\"Close\"` where it shows a symbol only.");
      }
    }
    for (Element control : scan.all("a[aria-label], button[aria-label]")) {
      labelInName(scan, control);
    }
    keyboard(scan);
    nested(scan);
  }

  private static void link(Scan scan, Element link) {
    String name = scan.names().of(link);
    if (name.isEmpty()) {
      scan.add(
          AccessRules.LINK_NAME,
          Severity.HIGH,
          link,
          "The link to %s has neither text nor an image with `alt`."
              .formatted(code(link.attr("href"))),
          "Write text into it, or `aria-label` where it shows a symbol only.");
      return;
    }
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} ]", "").strip();
    if (VAGUE.contains(plain)) {
      scan.add(
          AccessRules.LINK_VAGUE,
          Severity.LOW,
          link,
          "%s leads to %s.".formatted(code(name), code(link.attr("href"))),
          "Say where it leads: \"the timetable\", \"rules for dogs\".");
    }
  }

  private static void labelInName(Scan scan, Element control) {
    String seen = words(control.text());
    String heard = words(control.attr("aria-label"));
    if (!seen.isEmpty() && seen.length() > 1 && !heard.contains(seen) && !Scan.isSilent(control)) {
      scan.add(
          AccessRules.NAME_MISMATCH,
          Severity.MEDIUM,
          control,
          "It shows %s and is called %s."
              .formatted(code(control.text()), code(control.attr("aria-label"))),
          "Begin the `aria-label` with the words that are seen, or take it away.");
    }
  }

  private static String words(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
  }

  private static void keyboard(Scan scan) {
    for (Element clicked : scan.all("[onclick], [ondblclick], [onmousedown]")) {
      boolean ownControl = NATIVE.contains(clicked.normalName());
      boolean anchor = clicked.normalName().equals("a") && !clicked.hasAttr("href");
      boolean reachable = clicked.hasAttr("tabindex") && !clicked.attr("tabindex").startsWith("-");
      if ((!ownControl || anchor)
          && !(reachable && clicked.hasAttr("role"))
          && !Scan.isHidden(clicked)) {
        scan.add(
            AccessRules.KEYBOARD,
            Severity.HIGH,
            clicked,
            "%s has a click handler%s."
                .formatted(
                    code("<" + clicked.normalName() + ">"),
                    reachable ? " and no `role`" : ", and the keyboard does not reach it"),
            "Make it a `<button>`.");
      }
    }
    for (Element element : scan.all("[tabindex]")) {
      if (element.attr("tabindex").strip().matches("[1-9]\\d{0,5}")) {
        scan.add(
            AccessRules.TAB_ORDER,
            Severity.MEDIUM,
            element,
            "It has %s.".formatted(code("tabindex=\"" + element.attr("tabindex") + "\"")),
            "Take it away, or use 0, and put the elements into the order in which they are read.");
      }
    }
  }

  private static void nested(Scan scan) {
    for (Element control : scan.all(CONTROLS)) {
      Element parent = control.parent();
      Element outer =
          parent == null ? null : parent.closest("a[href], button, [role=button], [role=link]");
      if (outer != null && !Scan.isHidden(control)) {
        scan.add(
            AccessRules.NESTED,
            Severity.HIGH,
            control,
            "It stands in %s.".formatted(code("<" + outer.normalName() + ">")),
            "Put the two beside each other.");
      }
    }
    for (Element control : scan.all("[aria-hidden=true]")) {
      Element focus = control.is(CONTROLS) ? control : control.selectFirst(CONTROLS);
      if (focus != null
          && !focus.attr("tabindex").startsWith("-")
          && !focus.hasAttr("disabled")
          && !Scan.isHidden(focus)) {
        scan.add(
            AccessRules.HIDDEN_FOCUS,
            Severity.HIGH,
            focus,
            "%s hides it from screen readers, and the keyboard reaches it."
                .formatted(code("aria-hidden=\"true\"")),
            "Take `aria-hidden` away, or add `tabindex=\"-1\"` or `inert`.");
      }
    }
  }
}
