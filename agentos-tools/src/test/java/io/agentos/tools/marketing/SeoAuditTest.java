package io.agentos.tools.marketing;

import static io.agentos.tools.report.Failures.assertFailed;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolResult;
import io.agentos.tools.report.Found;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SeoAuditTest {

  @Test
  void tickets_everyPlantedFault_namedAndNothingElse() {
    ToolResult result = example();

    assertThat(Found.lines(result))
        .containsExactlyInAnyOrder(
            "high noindex:7 meta",
            "medium title:5 title",
            "medium title:4 title",
            "low description:6 meta",
            "high canonical:8 link",
            "high hreflang:9 link",
            "high hreflang:10 link",
            "high viewport:0 ",
            "low language:2 html",
            "low language:0 ",
            "low render-blocking:11 script",
            "low social:0 ",
            "medium social:13 meta",
            "low social:0 ",
            "low main-heading:25 h1",
            "medium lazy-first-image:26 img",
            "medium image:27 img",
            "low image:27 img",
            "high insecure:27 img",
            "low link:28 a",
            "medium link:28 a",
            "medium link:29 a",
            "medium link:29 a",
            "low insecure:30 a",
            "low thin:0 ",
            "medium keyword:0 ",
            "medium keyword:0 ",
            "low keyword:0 ",
            "medium structured-data:14 script",
            "high structured-data-broken:18 script");
    assertThat(result.fields())
        .containsEntry("title", "Home")
        .containsEntry("structured_data_types", List.of("Product", "Offer"));
  }

  @Test
  void tickets_words() {
    ToolResult result = example();

    assertThat(Found.first(result, "canonical").message())
        .isEqualTo(
            "It names `https://fjordline.example/`, and the page is"
                + " `https://fjordline.example/tickets`.");
    assertThat(Found.first(result, "structured-data").message())
        .isEqualTo("`Offer` has no `price` and no `priceSpecification`.");
    assertThat(Found.first(result, "structured-data-broken").message())
        .isEqualTo(
            "It is not JSON in line 20: Unexpected character ('}'): was expecting double-quote to"
                + " start property name.");
    assertThat(Found.in(result).stream().map(Found::message))
        .contains("`evening boat tickets` is not in the title.");
  }

  @Test
  void goodPage_hasNoFindings() {
    String page =
        """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Evening boat tickets | Fjordline</title>
        <meta name="viewport" content="width=device-width">
        <meta name="description" content="Evening boats from the town pier, every forty minutes from May to September. Dogs travel free.">
        <link rel="canonical" href="https://fjordline.example/tickets">
        <link rel="alternate" hreflang="en-GB" href="https://fjordline.example/tickets">
        <link rel="alternate" hreflang="x-default" href="https://fjordline.example/">
        <meta property="og:title" content="a"><meta property="og:description" content="a">
        <meta property="og:image" content="https://x.example/a.jpg"><meta property="og:url" content="https://x.example/">
        <script defer src="/a.js"></script></head><body><h1>Evening boat tickets</h1>
        <p>%s</p><a href="/rules">Rules for dogs</a></body></html>
        """
            .formatted("The boat leaves the pier. ".repeat(50));

    assertThat(
            Found.lines(
                Marketing.call(
                    "marketing.audit_seo",
                    "page",
                    page,
                    "url",
                    "https://fjordline.example/tickets",
                    "keyword",
                    "evening boat")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "noindex; high",
        "None; high",
        "max-snippet:-1,NOINDEX; high",
        "index, nofollow; medium",
        "max-image-preview:none; ''",
        "index,follow; ''"
      })
  void robots_readWordByWord(String content, String severity) {
    String page = "<head><meta name='robots' content='%s'></head><p>x</p>".formatted(content);

    assertThat(Found.in(Marketing.call("marketing.audit_seo", "page", page)))
        .filteredOn(found -> found.rule().equals("noindex"))
        .extracting(Found::severity)
        .isEqualTo(severity.isEmpty() ? List.of() : List.of(severity));
  }

  @Test
  void repeatedKeyword_isToldOf() {
    String page = "<h1>boat</h1><p>" + "boat and pier ".repeat(100) + "</p>";
    ToolResult result = Marketing.call("marketing.audit_seo", "page", page, "keyword", "boat");

    assertThat(Found.in(result).stream().map(Found::message))
        .contains("`boat` stands 101 times in 301 words, 33.6 % of the text.");
  }

  @Test
  void audit_twice_sameBytes() {
    assertThat(example()).isEqualTo(example());
  }

  @Test
  void brokenInput_saysWhatIsWrong() {
    assertFailed(
        Marketing.call("marketing.audit_seo", "page", "<p>a", "url", "fjordline.example"),
        "url is not an address of the web. Give it whole, such as https://example.com/tickets.");
    assertThat(Marketing.call("marketing.audit_seo", "page", "words").text())
        .startsWith("page is not HTML");
  }

  @Test
  void hostilePages_stayBounded() {
    String deep = "[".repeat(5_000);
    String page = "<script type='application/ld+json'>" + deep + "</script>" + "<a>".repeat(3_000);

    ToolResult result = Marketing.call("marketing.audit_seo", "page", page, "keyword", "(a+)+$");
    assertThat(Found.rules(result)).contains("structured-data-broken", "keyword");
  }

  private static ToolResult example() {
    return Marketing.call(
        "marketing.audit_seo",
        "page",
        Found.example("marketing/tickets.html"),
        "url",
        "https://fjordline.example/tickets",
        "keyword",
        "evening boat tickets");
  }
}
