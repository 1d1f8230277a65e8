package io.agentos.tools.marketing.seo;

import static io.agentos.tools.report.Markdown.code;

import io.agentos.tools.report.Severity;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jsoup.nodes.Element;

/** What stands in the head of a page. */
final class HeadChecks {
  private static final int TITLE_MIN = 15;
  private static final int TITLE_MAX = 60;
  private static final int DESCRIPTION_MIN = 70;
  private static final int DESCRIPTION_MAX = 160;

  private HeadChecks() {}

  static void check(Look look) {
    robots(look);
    title(look);
    description(look);
    canonical(look);
    AlternateChecks.check(look);
    device(look);
    social(look);
  }

  private static void robots(Look look) {
    for (Element meta : look.all("meta[name=robots], meta[name=googlebot]")) {
      String content = meta.attr("content").strip().toLowerCase(Locale.ROOT);
      List<String> words = List.of(content.split("\\s*,\\s*", -1));
      if (words.contains("noindex") || words.contains("none")) {
        look.add(
            SeoRules.NOINDEX,
            Severity.HIGH,
            meta,
            "It says %s.".formatted(code(content)),
            "Take %s away before the page goes live; keep it only where nobody shall find it."
                .formatted(code(words.contains("none") ? "none" : "noindex")));
      } else if (words.contains("nofollow")) {
        look.add(
            SeoRules.NOINDEX,
            Severity.MEDIUM,
            meta,
            "It says %s: no link of the page is followed.".formatted(code(content)),
            "Take `nofollow` away, and mark single links instead.");
      }
    }
  }

  private static void title(Look look) {
    List<Element> titles = look.all("head > title");
    if (titles.isEmpty() || titles.getFirst().text().isBlank()) {
      look.add(
          SeoRules.TITLE,
          Severity.HIGH,
          "There is no `<title>`, or it is empty.",
          "Write one of 30 to 60 characters: what the page is, then whose.");
      return;
    }
    Element title = titles.getFirst();
    int length = title.text().codePointCount(0, title.text().length());
    if (titles.size() > 1) {
      look.add(
          SeoRules.TITLE,
          Severity.MEDIUM,
          titles.get(1),
          "There are %d titles.".formatted(titles.size()),
          "Keep one.");
    }
    if (length > TITLE_MAX || length < TITLE_MIN) {
      look.add(
          SeoRules.TITLE,
          length > TITLE_MAX ? Severity.LOW : Severity.MEDIUM,
          title,
          "%s has %d characters; about %d are shown."
              .formatted(code(title.text()), length, TITLE_MAX),
          length > TITLE_MAX
              ? "Put what matters first, and cut the rest."
              : "Say what the page is and whose it is.");
    }
  }

  private static void description(Look look) {
    List<Element> found = look.all("meta[name=description]");
    String text = found.isEmpty() ? "" : found.getFirst().attr("content").strip();
    if (text.isEmpty()) {
      look.add(
          SeoRules.DESCRIPTION,
          Severity.MEDIUM,
          "There is no `<meta name=\"description\">`.",
          "Write %d to %d characters that answer why to click here."
              .formatted(DESCRIPTION_MIN, DESCRIPTION_MAX));
      return;
    }
    if (found.size() > 1) {
      look.add(
          SeoRules.DESCRIPTION,
          Severity.MEDIUM,
          found.get(1),
          "There are %d descriptions.".formatted(found.size()),
          "Keep one.");
    }
    int length = text.codePointCount(0, text.length());
    if (length < DESCRIPTION_MIN || length > DESCRIPTION_MAX) {
      look.add(
          SeoRules.DESCRIPTION,
          Severity.LOW,
          found.getFirst(),
          "It has %d characters; %d to %d are shown whole."
              .formatted(length, DESCRIPTION_MIN, DESCRIPTION_MAX),
          length < DESCRIPTION_MIN
              ? "Use the room: what, for whom, why here."
              : "Put the reason to click first.");
    }
  }

  private static void canonical(Look look) {
    List<Element> found = look.all("link[rel=canonical]");
    if (found.isEmpty()) {
      look.add(
          SeoRules.CANONICAL,
          Severity.LOW,
          "There is no canonical address.",
          "Add `<link rel=\"canonical\" href=\"https://…\">` with the page's own address.");
      return;
    }
    Element link = found.getFirst();
    if (found.size() > 1) {
      look.add(
          SeoRules.CANONICAL,
          Severity.HIGH,
          found.get(1),
          "There are %d canonical addresses; all are ignored.".formatted(found.size()),
          "Keep one.");
    }
    if (link.closest("body") != null) {
      look.add(
          SeoRules.CANONICAL,
          Severity.HIGH,
          link,
          "It stands in the body, where it is ignored.",
          "Move it into `<head>`.");
    }
    target(look, link);
  }

  private static void target(Look look, Element link) {
    Optional<URI> target = uri(link.attr("href"));
    if (target.isEmpty() || target.get().getHost() == null) {
      look.add(
          SeoRules.CANONICAL,
          Severity.MEDIUM,
          link,
          "%s is not a whole address.".formatted(code(link.attr("href"))),
          "Write it with `https://` and the host.");
    } else if (look.address().isPresent() && !same(target.get(), look.address().get())) {
      look.add(
          SeoRules.CANONICAL,
          Severity.HIGH,
          link,
          "It names %s, and the page is %s."
              .formatted(code(target.get().toString()), code(look.address().get().toString())),
          "Name the page itself, unless it is a double of the other.");
    }
  }

  /** Whether two addresses name the same page, whatever their query. */
  static boolean same(URI one, URI other) {
    String host = Optional.ofNullable(one.getHost()).orElse("");
    String path = Optional.ofNullable(one.getPath()).orElse("");
    String otherPath = Optional.ofNullable(other.getPath()).orElse("");
    return host.equalsIgnoreCase(other.getHost())
        && (path.isEmpty() ? "/" : path).equals(otherPath.isEmpty() ? "/" : otherPath);
  }

  /** An address; empty when it is none. */
  static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(text.strip()));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static void device(Look look) {
    if (look.all("meta[name=viewport]").isEmpty()) {
      look.add(
          SeoRules.VIEWPORT,
          Severity.HIGH,
          "There is no `<meta name=\"viewport\">`.",
          "Add `<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">`.");
    }
    Element html = look.page().document().firstElementChild();
    if (html != null && html.attr("lang").isBlank()) {
      look.add(
          SeoRules.LANGUAGE,
          Severity.LOW,
          html,
          "`<html>` has no `lang`.",
          "Add it: `lang=\"en\"`.");
    }
    if (look.all("meta[charset], meta[http-equiv=content-type]").isEmpty()) {
      look.add(
          SeoRules.LANGUAGE,
          Severity.LOW,
          "The encoding is not told.",
          "Add `<meta charset=\"utf-8\">` first in the head.");
    }
    for (Element script :
        look.all("head > script[src]:not([async]):not([defer]):not([type=module])")) {
      look.add(
          SeoRules.BLOCKING,
          Severity.LOW,
          script,
          "%s is loaded first.".formatted(code(script.attr("src"))),
          "Add `defer`.");
    }
  }

  private static void social(Look look) {
    for (String name : List.of("og:title", "og:description", "og:image", "og:url")) {
      Element meta = look.page().document().selectFirst("meta[property=\"" + name + "\"]");
      if (meta == null || meta.attr("content").isBlank()) {
        look.add(
            SeoRules.SOCIAL,
            Severity.LOW,
            "%s is missing.".formatted(code(name)),
            "Add `<meta property=\"%s\" content=\"…\">`.".formatted(name));
      } else if ((name.endsWith("image") || name.endsWith("url"))
          && uri(meta.attr("content")).map(uri -> uri.getHost() == null).orElse(true)) {
        look.add(
            SeoRules.SOCIAL,
            Severity.MEDIUM,
            meta,
            "%s is %s, not a whole address.".formatted(code(name), code(meta.attr("content"))),
            "Write it with `https://` and the host.");
      }
    }
  }
}
