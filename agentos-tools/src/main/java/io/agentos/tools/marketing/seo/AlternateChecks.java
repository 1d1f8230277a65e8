package io.agentos.tools.marketing.seo;

import static io.agentos.tools.report.Markdown.code;

import io.agentos.tools.report.Severity;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/** The versions of a page in other languages, as its head lists them. */
final class AlternateChecks {
  private static final Pattern HREFLANG =
      Pattern.compile("x-default|[a-zA-Z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?");
  private static final Set<String> NO_REGIONS = Set.of("UK", "EU", "EN");

  private AlternateChecks() {}

  static void check(Look look) {
    Map<String, Element> seen = new HashMap<>();
    List<Element> links = look.all("link[rel=alternate][hreflang]");
    for (Element link : links) {
      String language = link.attr("hreflang").strip();
      String region = language.substring(language.lastIndexOf('-') + 1);
      if (!HREFLANG.matcher(language).matches() || NO_REGIONS.contains(region)) {
        look.add(
            SeoRules.HREFLANG,
            Severity.HIGH,
            link,
            "%s is no language and region.".formatted(code(language)),
            "Use ISO 639-1 and ISO 3166-1, such as `en-GB` (not `en-UK`), or `x-default`.");
      } else if (seen.put(language.toLowerCase(Locale.ROOT), link) != null) {
        look.add(
            SeoRules.HREFLANG,
            Severity.HIGH,
            link,
            "%s stands twice.".formatted(code(language)),
            "Keep one.");
      }
      boolean whole =
          HeadChecks.uri(link.attr("href")).map(uri -> uri.getHost() != null).orElse(false);
      if (!whole) {
        look.add(
            SeoRules.HREFLANG,
            Severity.HIGH,
            link,
            "%s is not a whole address.".formatted(code(link.attr("href"))),
            "Write it with `https://` and the host.");
      }
    }
    self(look, links);
  }

  private static void self(Look look, List<Element> links) {
    boolean self =
        links.stream()
            .anyMatch(link ->
                look.address().isPresent()
                    && HeadChecks.uri(link.attr("href"))
                        .map(uri -> HeadChecks.same(uri, look.address().get()))
                        .orElse(false));
    if (!links.isEmpty() && look.address().isPresent() && !self) {
      look.add(
          SeoRules.HREFLANG,
          Severity.HIGH,
          links.getFirst(),
          "None of the links names the page itself.",
          "Add one for this page too; every version lists all versions.");
    }
  }
}
