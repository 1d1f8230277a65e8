package io.agentos.tools.design;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolResult;
import io.agentos.tools.report.Found;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AccessScanTest {

  @Test
  void order_everyPlantedFault_namedAndNothingElse() {
    ToolResult result = scan(Found.example("design/order.html"));

    assertThat(Found.lines(result))
        .containsExactlyInAnyOrder(
            "high page-language:2 html",
            "high page-title:2 html",
            "high zoom-blocked:6 meta",
            "high page-refresh:7 meta",
            "medium landmark-main:2 html",
            "high link-name:11 a",
            "high image-alt:11 img",
            "high keyboard:12 div.menu",
            "medium label-in-name:13 a",
            "medium heading-order:17 h4",
            "medium heading-order:9 body",
            "medium field-label:19 input",
            "low autocomplete:19 input",
            "medium autocomplete:21 input#mail",
            "medium paste-blocked:22 input#mail",
            "high id-duplicate:22 input#mail",
            "high id-reference:23 label",
            "high field-label:24 select",
            "high id-reference:24 select",
            "medium group-label:26 input",
            "high aria-required:28 div",
            "high aria-role:29 div",
            "medium tab-order:29 div",
            "high button-name:30 button",
            "high nested-controls:31 button",
            "medium heading-empty:33 h3",
            "medium list-structure:35 div",
            "medium aria-attribute:36 li",
            "medium list-structure:38 li",
            "high table-headers:39 table",
            "low link-vague:43 a",
            "high link-name:43 a",
            "medium image-alt-poor:44 img",
            "high frame-title:45 iframe",
            "high captions:46 video",
            "high autoplay:46 video",
            "high moving-text:47 marquee",
            "high hidden-focus:48 a",
            "medium aria-attribute:49 span");
    assertThat(result.fields())
        .containsEntry("by_severity", Map.of("high", 22L, "medium", 15L, "low", 2L));
  }

  @Test
  void order_words() {
    ToolResult result = scan(Found.example("design/order.html"));

    assertThat(Found.first(result, "field-label"))
        .satisfies(found -> {
          assertThat(found.message()).isEqualTo("No label names it.");
          assertThat(found.fix()).isEqualTo("Write `<label for=\"id\">…</label>`.");
        });
    assertThat(Found.in(result).stream().map(Found::message))
        .contains("`Who travels` is of level 4 and follows one of level 2.");
    assertThat(Found.first(result, "label-in-name").message())
        .isEqualTo("It shows `Help` and is called `Support`.");
    assertThat(Found.first(result, "aria-required").message())
        .isEqualTo("The role `checkbox` needs `aria-checked`.");
    assertThat(Found.words(result))
        .contains("(WCAG 2.2, 2.1.1 Keyboard, A; 4.1.2, A)")
        .contains("success criteria of WCAG 2.2 that fail: 1.1.1, 1.2.2, 1.3.1, 1.3.5, 1.4.2, ");
  }

  @Test
  void goodPage_hasNoFindings() {
    String page =
        """
        <!doctype html><html lang="en-GB"><head><title>Tickets</title>
        <meta name="viewport" content="width=device-width, initial-scale=1"></head><body>
        <main><h1>Tickets</h1><h2>Dogs <img src="dog.png" alt="">travel free</h2>
        <form><label for="a">E-mail</label><input id="a" type="email" autocomplete="section-x work email">
        <label>Name of the dog <input name="dog"></label>
        <fieldset><legend>Size?</legend><label><input type="radio" name="s"> Small</label>
        <label><input type="radio" name="s"> Large</label></fieldset>
        <button aria-label="Close the menu"><svg></svg></button><input type="submit">
        <div role="switch" aria-checked="false" tabindex="0" aria-label="Night">x</div></form>
        <table><tr><th scope="col">A</th><th scope="col">B</th></tr><tr><td>1</td><td>2</td></tr></table>
        <table role="presentation"><tr><td>1</td><td>2</td></tr><tr><td>1</td><td>2</td></tr></table>
        <a href="/x"><img src="x.png" alt="Timetable"></a> <a href="/y">Rules for dogs</a>
        <video src="v.mp4" muted autoplay></video><iframe src="m" title="Map"></iframe>
        <ul><li>a</li></ul><svg role="img"><title>A boat</title></svg>
        <div aria-hidden="true"><button tabindex="-1">x</button></div></main></body></html>
        """;

    assertThat(Found.lines(scan(page))).isEmpty();
    assertThat(scan(page).text()).contains("**No findings** by the rules that a machine can hold.");
  }

  @Test
  void fragment_isNotHeldAgainstPageRules() {
    assertThat(Found.rules(scan("<p>A part of a page <img src=a.png></p>")))
        .containsExactly("image-alt");
  }

  @Test
  void scan_twice_sameBytes() {
    String page = Found.example("design/order.html");

    assertThat(scan(page)).isEqualTo(scan(page));
  }

  @Test
  void hostilePages_endInTimeAndStayBounded() {
    String many = "<img src=x>".repeat(20_000);
    String circle = "<div id=a aria-labelledby=a><button aria-labelledby='a a a'></button></div>";
    String deepLabel = "<label>" + "<b>".repeat(300) + "x" + "</b>".repeat(300) + "<input></label>";

    assertThat(Found.in(scan(many))).hasSize(60);
    assertThat(scan(circle).failed()).isFalse();
    assertThat(Found.in(scan(deepLabel))).isEmpty();
    assertThat(scan("<p id=`\u0000").failed()).isTrue();
  }

  @Test
  void brokenInput_saysWhatIsWrong() {
    ToolResult result = scan("{\"not\": \"html\"}");

    assertThat(result.failed()).isTrue();
    assertThat(result.text()).startsWith("page is not HTML: there is no tag in it.");
    assertThat(List.of(scan(" ").text()))
        .containsExactly("page is empty. Give the HTML of a page.");
  }

  private static ToolResult scan(String page) {
    return Design.call("design.scan_access", "page", page);
  }
}
