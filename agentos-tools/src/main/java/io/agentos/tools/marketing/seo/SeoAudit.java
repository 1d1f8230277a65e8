package io.agentos.tools.marketing.seo;

import static io.agentos.tools.report.Markdown.code;
import static io.agentos.tools.report.Markdown.count;

import io.agentos.api.ToolResult;
import io.agentos.tools.html.HtmlPage;
import io.agentos.tools.report.GivenText;
import io.agentos.tools.report.GivenTexts;
import io.agentos.tools.report.Markdown;
import io.agentos.tools.report.Report;
import io.agentos.tools.report.Severity;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jsoup.nodes.Element;

/** Holds a page against what search engines publish about pages. */
public final class SeoAudit {
  private static final int ADDRESS_LENGTH_MAX = 115;
  private static final int TITLE_SHOWN_MAX = 60;
  private static final int TEXT_SHOWN_MAX = 158;

  private SeoAudit() {}

  /**
   * Audits one page.
   *
   * @param address where it stands or will stand
   * @param keyword what people shall find it with; empty for nothing in particular
   */
  public static ToolResult run(GivenText given, Optional<String> address, String keyword) {
    Optional<URI> uri = address.map(SeoAudit::uri);
    HtmlPage page = HtmlPage.of(given);
    Look look = new Look(page, uri);
    HeadChecks.check(look);
    int words = BodyChecks.check(look, keyword);
    List<String> types = DataChecks.check(look);
    uri.ifPresent(one -> address(look, one));
    String title = page.document().title();
    Report report =
        new Report("SEO audit: " + page.name())
            .whenNone("**No findings.**")
            .summary(
                "%s of text, %s, structured data: %s."
                    .formatted(
                        count(words, "word"),
                        count(page.all("a[href]").size(), "link"),
                        types.isEmpty()
                            ? "none"
                            : String.join(", ", types.stream().distinct().toList())))
            .first("How a result looks", snippet(page, uri, title))
            .findings(look.findings())
            .field("words", words)
            .field("title", title)
            .field("structured_data_types", types.stream().distinct().toList());
    if (uri.isEmpty()) {
      report.note(
          "Without `url` the canonical address and hreflang are not held against the page's own.");
    }
    if (keyword.isBlank()) {
      report.note("Without `keyword` nothing is said about what people search with.");
    }
    return report
        .note(
            "Looked at is the HTML as given. What scripts write, speed, links from elsewhere, robots.txt,"
                + " sitemaps and the server's answers are not.")
        .note(
            "Nobody outside of the search engines knows how pages are ranked; nothing here promises a place.")
        .result();
  }

  private static URI uri(String address) {
    URI uri = HeadChecks.uri(address).orElse(null);
    boolean web =
        uri != null
            && uri.getHost() != null
            && List.of("http", "https")
                .contains(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT));
    if (uri == null || !web) {
      throw GivenTexts.wrong(
          "url is not an address of the web. Give it whole, such as https://example.com/tickets.");
    }
    return uri;
  }

  private static void address(Look look, URI uri) {
    String path = Optional.ofNullable(uri.getPath()).orElse("");
    if (!path.equals(path.toLowerCase(Locale.ROOT)) || path.contains("_") || path.contains("//")) {
      look.add(
          SeoRules.ADDRESS,
          Severity.LOW,
          "%s has capitals, underscores or double slashes.".formatted(code(path)),
          "Use small letters and hyphens, and redirect the old address.");
    }
    if (uri.toString().length() > ADDRESS_LENGTH_MAX || uri.getQuery() != null) {
      look.add(
          SeoRules.ADDRESS,
          Severity.LOW,
          "It has %d characters%s."
              .formatted(uri.toString().length(), uri.getQuery() == null ? "" : " and parameters"),
          "A short path of words; parameters only where they change what is shown.");
    }
    if ("http".equalsIgnoreCase(uri.getScheme())) {
      look.add(
          SeoRules.MIXED,
          Severity.HIGH,
          "The page itself is served without encryption.",
          "Serve it with `https:` and redirect.");
    }
  }

  /** About what a result shows. */
  private static String snippet(HtmlPage page, Optional<URI> uri, String title) {
    Element meta = page.document().selectFirst("meta[name=description]");
    String description = meta == null ? "" : meta.attr("content").strip();
    return Markdown.item("Title: " + shown(title, "none", TITLE_SHOWN_MAX))
        + Markdown.item(
            "Address: " + uri.map(URI::toString).map(Markdown::code).orElse("not given"))
        + Markdown.item("Text: " + shown(description, "a sentence of the page", TEXT_SHOWN_MAX));
  }

  private static String shown(String text, String none, int length) {
    return text.isBlank() ? none : code(cut(text, length));
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length) + " …";
  }
}
