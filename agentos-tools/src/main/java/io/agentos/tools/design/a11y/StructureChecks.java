package io.agentos.tools.design.a11y;

import static io.agentos.tools.report.Markdown.code;

import io.agentos.tools.report.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/** The page as a whole, its headings, lists and tables. */
final class StructureChecks {
  private static final Pattern SCALE = Pattern.compile("maximum-scale\\s*=\\s*([0-9.]{1,8})");
  private static final Pattern LANGUAGE =
      Pattern.compile("[a-zA-Z]{2,8}(?:-[a-zA-Z0-9]{1,8}){0,4}");

  private StructureChecks() {}

  static void check(Scan scan) {
    boolean whole =
        scan.page().source().toLowerCase(Locale.ROOT).contains("<body")
            || scan.page().source().toLowerCase(Locale.ROOT).contains("<html");
    if (whole) {
      page(scan);
    }
    headings(scan, whole);
    lists(scan);
    tables(scan);
  }

  private static void page(Scan scan) {
    Element html = scan.page().document().firstElementChild();
    String language = html == null ? "" : html.attr("lang").strip();
    if (html != null && !LANGUAGE.matcher(language).matches()) {
      scan.add(
          AccessRules.LANG,
          Severity.HIGH,
          html,
          language.isEmpty()
              ? "`<html>` has no `lang`."
              : "%s is no language.".formatted(code(language)),
          "Write `<html lang=\"en\">`, with the language of the text.");
    }
    if (html != null && scan.page().document().title().isBlank()) {
      scan.add(
          AccessRules.TITLE,
          Severity.HIGH,
          html,
          "`<title>` is missing or empty.",
          "Name the page first, then the site: `<title>Timetable – Fjordline</title>`.");
    }
    if (html != null && scan.all("main, [role=main]").isEmpty()) {
      scan.add(
          AccessRules.MAIN,
          Severity.MEDIUM,
          html,
          "There is no `<main>`.",
          "Put what is new on this page into `<main>`.");
    }
    metas(scan);
  }

  private static void metas(Scan scan) {
    for (Element meta : scan.all("meta[name=viewport]")) {
      String content = meta.attr("content").toLowerCase(Locale.ROOT);
      Matcher scale = SCALE.matcher(content);
      boolean small = scale.find() && decimal(scale.group(1)) < 2;
      if (content.replace(" ", "").matches(".*user-scalable=(?:no|0).*") || small) {
        scan.add(
            AccessRules.ZOOM,
            Severity.HIGH,
            meta,
            "It says %s.".formatted(code(content)),
            "Leave `user-scalable` and `maximum-scale` out.");
      }
    }
    for (Element meta : scan.all("meta[http-equiv=refresh]")) {
      String content = meta.attr("content").strip();
      if (!content.matches("0(?:\\s*[;,].*)?")) {
        scan.add(
            AccessRules.REFRESH,
            Severity.HIGH,
            meta,
            "It says %s.".formatted(code(content)),
            "Take it away; offer a link or a button instead.");
      }
    }
  }

  private static double decimal(String number) {
    try {
      return Double.parseDouble(number);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static void headings(Scan scan, boolean whole) {
    int before = 0;
    int first = 0;
    for (Element heading : scan.all("h1, h2, h3, h4, h5, h6, [role=heading][aria-level]")) {
      if (Scan.isSilent(heading)) {
        continue;
      }
      int level = level(heading);
      if (scan.names().of(heading).isEmpty()) {
        scan.add(
            AccessRules.HEADING_EMPTY,
            Severity.MEDIUM,
            heading,
            "It has no text.",
            "Write what the part is about, or take it away.");
        continue;
      }
      if (before > 0 && level > before + 1) {
        scan.add(
            AccessRules.HEADING_ORDER,
            Severity.MEDIUM,
            heading,
            "%s is of level %d and follows one of level %d."
                .formatted(code(heading.text()), level, before),
            "Make it level %d, and set its size with CSS.".formatted(before + 1));
      }
      before = level;
      first += level == 1 ? 1 : 0;
    }
    Element body = scan.page().document().body();
    if (whole && first == 0) {
      scan.add(
          AccessRules.HEADING_ORDER,
          Severity.MEDIUM,
          body,
          "No heading of level 1 says what the page is.",
          "Make the title of the page an `<h1>`.");
    }
  }

  private static int level(Element heading) {
    String name = heading.normalName();
    boolean plain = name.matches("h[1-6]");
    String level = heading.attr("aria-level").strip();
    if (level.matches("[1-9]")) {
      return Integer.parseInt(level);
    }
    return plain ? name.charAt(1) - '0' : 2;
  }

  private static void lists(Scan scan) {
    for (Element item : scan.all("li")) {
      Element parent = item.parent();
      if (parent != null
          && !Set.of("ul", "ol", "menu").contains(parent.normalName())
          && !parent.attr("role").equals("list")) {
        scan.add(
            AccessRules.LIST,
            Severity.MEDIUM,
            item,
            "%s stands in %s.".formatted(code("<li>"), code("<" + parent.normalName() + ">")),
            "Put a `<ul>` or `<ol>` around the items.");
      }
    }
    for (Element list : scan.all("ul, ol")) {
      for (Element child : list.children()) {
        if (!Set.of("li", "script", "template").contains(child.normalName())
            && list.attr("role").isEmpty()) {
          scan.add(
              AccessRules.LIST,
              Severity.MEDIUM,
              child,
              "%s stands in %s, where only items may."
                  .formatted(
                      code("<" + child.normalName() + ">"), code("<" + list.normalName() + ">")),
              "Put it into an `<li>`, or out of the list.");
          break;
        }
      }
    }
  }

  private static void tables(Scan scan) {
    for (Element table : scan.all("table")) {
      String role = table.attr("role");
      List<Element> rows = table.select("tr");
      int columns = rows.stream().mapToInt(row -> row.select("> td, > th").size()).max().orElse(0);
      boolean layout = role.equals("presentation") || role.equals("none");
      if (!layout
          && rows.size() > 1
          && columns > 1
          && table.select("th, [role=columnheader], [role=rowheader], [scope]").isEmpty()) {
        scan.add(
            AccessRules.TABLE,
            Severity.HIGH,
            table,
            "%d rows of %d columns have no `<th>`.".formatted(rows.size(), columns),
            "Make the first row `<th scope=\"col\">`; a table that only lays out gets `role=\"presentation\"`.");
      }
    }
  }
}
