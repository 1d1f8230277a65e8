package io.agentos.tools.marketing.seo;

import static io.agentos.tools.report.Markdown.code;

import io.agentos.tools.report.Markdown;
import io.agentos.tools.report.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/** What stands in the body of a page. */
final class BodyChecks {
  private static final int WORDS_MIN = 200;
  private static final double DENSITY_MAX = 0.03;
  private static final int REPEATS_MIN = 8;
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
  private static final Set<String> VAGUE =
      Set.of("here", "click here", "read more", "more", "learn more", "link", "this");

  private BodyChecks() {}

  static int check(Look look, String keyword) {
    List<Element> headings = look.all("h1");
    if (headings.isEmpty()) {
      look.add(
          SeoRules.HEADING,
          Severity.MEDIUM,
          "There is no `<h1>`.",
          "Make the name of the page its `<h1>`.");
    } else if (headings.size() > 1) {
      look.add(
          SeoRules.HEADING,
          Severity.LOW,
          headings.get(1),
          "There are %d of them.".formatted(headings.size()),
          "Keep the one that names the page; make the others `<h2>`.");
    }
    images(look);
    links(look);
    insecure(look);
    String text = text(look);
    int words = number(WORD.matcher(text));
    if (words < WORDS_MIN) {
      look.add(
          SeoRules.THIN,
          Severity.LOW,
          "It has %s.".formatted(Markdown.count(words, "word")),
          "Answer what people ask about this; or leave it, if the page needs no more.");
    }
    if (!keyword.isBlank()) {
      keyword(look, keyword.strip(), text, words);
    }
    return words;
  }

  /** What is read, without menus, scripts and the foot. */
  private static String text(Look look) {
    Element body = look.page().document().body().clone();
    body.select("script, style, nav, footer, template, noscript").remove();
    return body.text();
  }

  private static void images(Look look) {
    boolean first = true;
    for (Element image : look.all("img")) {
      if (!image.hasAttr("alt")) {
        look.add(
            SeoRules.IMAGE,
            Severity.MEDIUM,
            image,
            "%s has no `alt`.".formatted(code(image.attr("src"))),
            "Say what it shows.");
      }
      boolean sized = image.hasAttr("width") && image.hasAttr("height");
      if (!sized && !image.attr("style").contains("aspect-ratio")) {
        look.add(
            SeoRules.IMAGE,
            Severity.LOW,
            image,
            "%s has no `width` and `height`.".formatted(code(image.attr("src"))),
            "Add both, in pixels; CSS may still change them.");
      }
      if (first && image.attr("loading").equalsIgnoreCase("lazy")) {
        look.add(
            SeoRules.LAZY,
            Severity.MEDIUM,
            image,
            "%s has `loading=\"lazy\"`.".formatted(code(image.attr("src"))),
            "Take it away here, and add `fetchpriority=\"high\"` if this is the main picture.");
      }
      first = false;
    }
  }

  private static void links(Look look) {
    for (Element link : look.all("a")) {
      String href = link.attr("href").strip();
      String lower = href.toLowerCase(Locale.ROOT);
      if (lower.startsWith("javascript:") || (href.isEmpty() && link.hasAttr("onclick"))) {
        look.add(
            SeoRules.LINK,
            Severity.MEDIUM,
            link,
            "No address to follow: %s.".formatted(code(href.isEmpty() ? "onclick" : href)),
            "Give it an `href` with an address; a control that leads nowhere is a `<button>`.");
        continue;
      }
      words(look, link, href);
      boolean inside = href.startsWith("/") || href.startsWith("./");
      if (inside && link.attr("rel").toLowerCase(Locale.ROOT).contains("nofollow")) {
        look.add(
            SeoRules.LINK,
            Severity.MEDIUM,
            link,
            "%s is on this site and `nofollow`.".formatted(code(href)),
            "Take `nofollow` away from your own pages.");
      }
    }
  }

  private static void words(Look look, Element link, String href) {
    if (!href.isEmpty() && !isNamed(link)) {
      look.add(
          SeoRules.LINK,
          Severity.MEDIUM,
          link,
          "The link to %s has no words.".formatted(code(href)),
          "Write what is there.");
    } else if (VAGUE.contains(link.text().strip().toLowerCase(Locale.ROOT))) {
      look.add(
          SeoRules.LINK,
          Severity.LOW,
          link,
          "%s leads to %s.".formatted(code(link.text()), code(href)),
          "Name what is there in the link itself.");
    }
  }

  private static boolean isNamed(Element link) {
    Element image = link.selectFirst("img[alt]");
    return !link.text().isBlank()
        || link.hasAttr("aria-label")
        || (image != null && !image.attr("alt").isBlank());
  }

  private static void insecure(Look look) {
    for (Element element :
        look.all(
            "img[src^=http:], script[src^=http:], iframe[src^=http:], link[rel=stylesheet][href^=http:]")) {
      look.add(
          SeoRules.MIXED,
          Severity.HIGH,
          element,
          "It loads %s.".formatted(code(element.attr("src") + element.attr("href"))),
          "Load it with `https:`.");
    }
    for (Element link : look.all("a[href^=http:]")) {
      look.add(
          SeoRules.MIXED,
          Severity.LOW,
          link,
          "It leads to %s.".formatted(code(link.attr("href"))),
          "Use `https:` where the other side has it.");
    }
  }

  private static void keyword(Look look, String keyword, String text, int words) {
    Pattern pattern =
        Pattern.compile(
            "(?<![\\p{L}\\p{N}])" + Pattern.quote(keyword) + "(?![\\p{L}\\p{N}])",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    Element heading = look.page().document().selectFirst("h1");
    missing(look, pattern, keyword, look.page().document().title(), "the title", Severity.MEDIUM);
    missing(
        look,
        pattern,
        keyword,
        heading == null ? "" : heading.text(),
        "the `<h1>`",
        Severity.MEDIUM);
    String first = text.substring(0, Math.min(text.length(), 700));
    missing(look, pattern, keyword, first, "the first paragraphs", Severity.LOW);
    int times = number(pattern.matcher(text));
    int size = Math.max(1, number(WORD.matcher(keyword)));
    double density = times * size / (double) Math.max(1, words);
    if (times >= REPEATS_MIN && density > DENSITY_MAX) {
      look.add(
          SeoRules.KEYWORD,
          Severity.MEDIUM,
          "%s stands %d times in %d words, %s %% of the text."
              .formatted(code(keyword), times, words, Markdown.decimal(density * 100, 1)),
          "Write as you would tell it; use other words for the same.");
    }
  }

  private static void missing(
      Look look, Pattern pattern, String keyword, String text, String where, Severity severity) {
    if (!pattern.matcher(text).find()) {
      look.add(
          SeoRules.KEYWORD,
          severity,
          "%s is not in %s.".formatted(code(keyword), where),
          "Use the words people search with, where they read naturally.");
    }
  }

  private static int number(Matcher matcher) {
    int found = 0;
    while (matcher.find()) {
      found++;
    }
    return found;
  }
}
