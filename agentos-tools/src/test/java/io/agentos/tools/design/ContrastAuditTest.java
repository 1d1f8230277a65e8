package io.agentos.tools.design;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolResult;
import io.agentos.tools.report.Found;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ContrastAuditTest {

  @Test
  void ferry_everyPlantedFault_namedAndNothingElse() {
    ToolResult result = Design.contrast("page", Found.example("design/ferry.html"));

    assertThat(Found.lines(result))
        .containsExactlyInAnyOrder(
            "high text-contrast:40 h1",
            "high text-contrast:43 p.lead",
            "high text-contrast:43 p.lead",
            "high text-contrast:44 a",
            "high text-contrast:45 span.badge",
            "high text-contrast:52 a.button",
            "high focus-hidden:52 a.button",
            "high placeholder-contrast:51 input#mail",
            "medium text-contrast:46 p.seats",
            "medium text-contrast:46 p.seats",
            "medium text-contrast:52 a.button",
            "medium text-contrast:57 footer",
            "medium link-by-color:44 a",
            "medium field-boundary:51 input#mail",
            "medium focus-contrast:51 input#mail",
            "low text-over-image:48 p",
            "low variable-missing:29 .old");
    assertThat(result.fields())
        .containsEntry("total", 17)
        .containsEntry("by_severity", Map.of("high", 8L, "medium", 7L, "low", 2L));
  }

  @Test
  void ferry_wordsOfAFinding() {
    ToolResult result = Design.contrast("page", Found.example("design/ferry.html"));

    assertThat(Found.in(result))
        .anySatisfy(found -> {
          assertThat(found.message())
              .isEqualTo("`#9aa5b1` on `#ffffff` is 2.50:1 and needs 4.5:1 (20 px, weight 400).");
          assertThat(found.fix())
              .startsWith("Make the text `#")
              .endsWith(
                  "It is set in `page:19` by `var(--muted)`, its background in `page:18` by"
                      + " `var(--paper)`.");
        })
        .anySatisfy(found ->
            assertThat(found.message())
                .isEqualTo(
                    "`#52606d` on `#1f2933` is 2.28:1 and needs 4.5:1 (20 px, weight 400). Seen:"
                        + " dark colour scheme."))
        .anySatisfy(found ->
            assertThat(found.message())
                .isEqualTo(
                    "`#ffffff` on `#15aabf` is 2.78:1 and needs 4.5:1 (16 px, weight 400). Seen:"
                        + " under the pointer; dark colour scheme, under the pointer."));
    assertThat(result.text())
        .startsWith("# Contrast audit: page\n\n**17 findings: 8 high, 7 medium, 2 low.**\n")
        .contains("### Nothing shows where the focus is (`focus-hidden`)")
        .contains("WCAG 2.2, 2.4.7 Focus Visible, AA");
  }

  @Test
  void audit_twice_sameBytes() {
    String page = Found.example("design/ferry.html");

    assertThat(Design.contrast("page", page)).isEqualTo(Design.contrast("page", page));
  }

  @Test
  void ratio_justBelow_isNotRoundedUp() {
    // #777777 on white is 4.478:1.
    ToolResult result = Design.contrast("page", Design.page("p{color:#777}", "<p>x</p>"));

    assertThat(Found.first(result, "text-contrast").message())
        .startsWith("`#777777` on `#ffffff` is 4.47:1 and needs 4.5:1");
    assertThat(Found.in(Design.contrast("page", Design.page("p{color:#767676}", "<p>x</p>"))))
        .isEmpty();
  }

  @Test
  void largeText_needsLess() {
    // #949494 on white is 3.03:1.
    assertThat(findings("p{color:#949494;font-size:24px}")).isEmpty();
    assertThat(findings("p{color:#949494;font-size:14pt;font-weight:bold}")).isEmpty();
    assertThat(findings("p{color:#949494;font-size:14pt;font-weight:600}")).hasSize(1);
    assertThat(findings("p{color:#949494;font-size:23.9px}")).hasSize(1);
  }

  @Test
  void levelAaa_asksForMore() {
    String page = Design.page("p{color:#595959}", "<p>x</p>");
    String faint = Design.page("p{color:#666}", "<p>x</p>");

    assertThat(Found.in(Design.contrast("page", page, "level", "AAA"))).isEmpty();
    assertThat(Found.in(Design.contrast("page", faint))).isEmpty();
    assertThat(Found.lines(Design.contrast("page", faint, "level", "AAA")))
        .containsExactly("low text-contrast-enhanced:3 p");
  }

  @Test
  void cascade_strongerWins() {
    assertThat(findings("#a{color:#000} p{color:#eee}")).isEmpty();
    assertThat(findings("p{color:#000 !important} #a{color:#eee}")).isEmpty();
    assertThat(findings("p.b{color:#000} .b{color:#eee}")).isEmpty();
    assertThat(findings(":where(#a){color:#eee} p{color:#000}")).isEmpty();
    assertThat(findings("@layer x{#a{color:#eee}} p{color:#000}")).isEmpty();
    assertThat(findings("@media print{p{color:#eee}}")).isEmpty();
    assertThat(findings("body{& p{color:#eee}}")).hasSize(1);
    assertThat(findings("body{p{color:#eee}}")).hasSize(1);
    assertThat(findings("p:is(.b,.c){color:#eee}")).hasSize(1);
    assertThat(findings("p:not(.b){color:#eee}")).isEmpty();
  }

  @Test
  void variables_inheritedWithFallbackAndInCircles() {
    assertThat(findings(":root{--a:var(--b);--b:#eee} p{color:var(--a)}")).hasSize(1);
    assertThat(findings("p{color:var(--none, #eee)}")).hasSize(1);
    assertThat(findings(":root{--a:var(--b);--b:var(--a)} p{color:var(--a)}")).isEmpty();
    assertThat(findings("body{--l:97%} p{color:hsl(0 0% var(--l))}")).hasSize(1);
  }

  @Test
  void narrowWindow_isLookedAt() {
    ToolResult result =
        Design.contrast(
            "page", Design.page("@media (max-width: 600px){p{color:#eee}}", "<p>x</p>"));

    assertThat(Found.first(result, "text-contrast").message()).endsWith("Seen: 360 px wide.");
  }

  @Test
  void themeOfTheRoot_isLookedAt() {
    ToolResult result =
        Design.contrast(
            "page",
            Design.page(
                "[data-theme=dark]{--p:#222;--i:#444} body{background:var(--p,#fff)}"
                    + "p{color:var(--i,#000)}",
                "<p>x</p>"));

    assertThat(Found.first(result, "text-contrast").message())
        .startsWith("`#444444` on `#222222`")
        .endsWith("Seen: with data-theme=dark.");
  }

  @Test
  void hiddenAndDisabled_areLeftOut() {
    String css = "*{color:#eee}";
    String body =
        "<p hidden>a</p><p style='display:none'>b</p><button disabled>c</button>"
            + "<p style='visibility:hidden'>d</p><p style='opacity:0'>e</p>";

    assertThat(Found.in(Design.contrast("page", Design.page(css, body)))).isEmpty();
  }

  @Test
  void linkedSheet_isAskedForAndTaken() {
    String page =
        "<html><head><link rel=stylesheet href=site.css></head><body>\n<p>x</p></body></html>";

    ToolResult without = Design.contrast("page", page);
    assertThat(Found.in(without)).isEmpty();
    assertThat(Found.words(without))
        .contains(
            "Style sheets that the page refers to and that were not given: `site.css`. Give the"
                + " file as `css`; without it, what it sets is not seen.");
    assertThat(Found.lines(Design.contrast("page", page, "css", "p{color:#ddd}")))
        .containsExactly("high text-contrast:2 p");
  }

  @Test
  void brokenInput_saysWhatIsWrong() {
    assertFailure(
        Design.contrast("page", "just words"),
        "page is not HTML: there is no tag in it. Give the page's HTML, such as the file that the"
            + " browser saves, or its path.");
    assertFailure(Design.contrast("page", "  \n "), "page is empty. Give the HTML of a page.");
    assertFailure(
        Design.contrast("page", "<p>a\0b</p>"),
        "page is not text: it has a NUL character in line 1. Give the HTML of a page.");
    assertFailure(
        Design.contrast("page", "<p>" + "x".repeat(4 * 1024 * 1024)),
        "page is larger than 4 MiB. Give a part of it.");
    assertFailure(
        Design.contrast("page", "<div>".repeat(500) + "x"),
        "page has more than 30,000 elements, or elements in each other more than 400 deep. Give a"
            + " part of it.");
    assertThat(Design.contrast("page", Design.page("p{color:red", "<p>x</p>")).text())
        .contains("`page:1`: a block begins with '{' here and has no '}'.");
  }

  @Test
  void hostileSheets_endInTime() {
    String laughs =
        ":root{--a0:x;"
            + String.join(
                "",
                IntStream.rangeClosed(1, 60)
                    .mapToObj(i -> "--a%d:var(--a%d) var(--a%d);".formatted(i, i - 1, i - 1))
                    .toList())
            + "} p{color:var(--a60)}";
    String deep = "a{".repeat(5_000);
    String selectors = "* ".repeat(300) + "{color:red} p:matches((a+)+$){color:#eee}";

    for (String css : List.of(laughs, deep, selectors, "(".repeat(20_000), "/*".repeat(9_000))) {
      ToolResult result = Design.contrast("page", Design.page("", "<p>x</p>"), "css", css);
      assertThat(result.failed()).isFalse();
      assertThat(Found.in(result)).isEmpty();
    }
  }

  private static List<Found> findings(String css) {
    ToolResult result = Design.contrast("page", Design.page(css, "<p id=a class=b>x</p>"));
    return Found.in(result).stream().filter(found -> found.rule().equals("text-contrast")).toList();
  }

  private static void assertFailure(ToolResult result, String message) {
    assertThat(result.failed()).isTrue();
    assertThat(result.text()).isEqualTo(message);
  }
}
