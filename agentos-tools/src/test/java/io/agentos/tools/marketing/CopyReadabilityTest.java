package io.agentos.tools.marketing;

import static io.agentos.tools.report.Failures.assertFailed;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolResult;
import io.agentos.tools.report.Found;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CopyReadabilityTest {

  @Test
  void launch_everyPlantedFault_namedAndNothingElse() {
    ToolResult result =
        Marketing.call(
            "marketing.measure_copy", "text", Found.example("marketing/launch.md"), "grade_max", 7);

    assertThat(Found.lines(result))
        .containsExactlyInAnyOrder(
            "medium grade-high:0 ",
            "high sentence-long:7 ",
            "medium empty-claim:7 revolutionary",
            "medium empty-claim:7 cutting-edge",
            "low passive:7 been completely refurbished",
            "medium empty-claim:8 holistic",
            "medium empty-claim:8 solution",
            "medium empty-claim:8 leverages",
            "low long-word:9 in order to",
            "low long-word:9 facilitate",
            "medium empty-claim:9 seamless",
            "medium word-twice:9 the the",
            "low passive:12 be bought",
            "low long-word:12 prior to",
            "medium claim-to-prove:12 the best",
            "low passive:12 is guaranteed",
            "medium claim-to-prove:12 guaranteed",
            "low shouting:12 ",
            "medium claim-to-prove:17 climate neutral",
            "low filler:17 really",
            "low filler:17 just",
            "low long-word:18 utilize",
            "low long-word:18 state-of-the-art",
            "low filler:18 very",
            "low passive:18 are paid",
            "medium about-us:0 ",
            "low heading-long:5 ");
  }

  @Test
  void launch_wordsAround_areWhole() {
    ToolResult result =
        Marketing.call("marketing.measure_copy", "text", Found.example("marketing/launch.md"));

    assertThat(Found.in(result).stream().map(Found::message))
        .contains(
            "In `… invested in a holistic solution that leverages our …`",
            "In `The best price is guaranteed.`",
            "54 words: `Our cutting-edge fleet of boats has been completely …`");
  }

  @Test
  void figures_byHand() {
    // 13 words, 2 sentences, 13 syllables, 39 letters.
    ToolResult result = check("The cat sat on the mat. The dog ran to the old house.");

    assertThat(result.fields())
        .containsEntry("words", 13)
        .containsEntry("sentences", 2)
        .containsEntry("reading_seconds", 3L)
        .containsEntry(
            "readability",
            Map.of(
                "flesch_reading_ease", 115.6,
                "flesch_kincaid_grade", -1.3,
                "gunning_fog", 2.6,
                "coleman_liau", -2.7,
                "automated_readability_index", -4.1,
                "words_per_sentence", 6.5,
                "hard_words", 0));
    assertThat(Found.in(result)).isEmpty();
    assertThat(Found.words(result))
        .contains("The text has fewer than 100 words; the formulas are not reliable");
  }

  @Test
  void sentences_cutWhereReadersDo() {
    assertThat(check("Dr. Berg pays 3.50 euros at 5 p.m. sharp. It works, e.g. here.").fields())
        .containsEntry("sentences", 2);
    assertThat(check("One two three.\nFour five\nsix. Seven!").fields())
        .containsEntry("sentences", 3);
  }

  @Test
  void markdown_isReadAsText() {
    ToolResult result =
        check(
            "# Title\n\nSee [the rules](https://example.com/very/long) and `code`.\n\n| a | b |\n\n    very really\n");

    assertThat(result.fields()).containsEntry("words", 5).containsEntry("sentences", 1);
    assertThat(Found.in(result)).isEmpty();
  }

  @Test
  void html_isReadAsText() {
    ToolResult result =
        check(
            "<body>\n<h1>Boats</h1>\n<ul><li>They are <b>very</b> fast.</li></ul>\n<script>really</script></body>");

    assertThat(Found.lines(result)).containsExactly("low filler:3 very");
  }

  @Test
  void gradeMax_movesTheBar() {
    String text = Found.example("marketing/launch.md");

    assertThat(Found.rules(Marketing.call("marketing.measure_copy", "text", text, "grade_max", 20)))
        .doesNotContain("grade-high");
    assertThat(
            Found.first(
                    Marketing.call("marketing.measure_copy", "text", text, "grade_max", 4),
                    "grade-high")
                .severity())
        .isEqualTo("high");
  }

  @Test
  void check_twice_sameBytes() {
    String text = Found.example("marketing/launch.md");

    assertThat(check(text)).isEqualTo(check(text));
  }

  @Test
  void brokenInput_saysWhatIsWrong() {
    assertFailed(check(" \n"), "text is empty. Give the copy to measure.");
    assertFailed(
        check("# Only a heading\n\n```\ncode\n```\n"),
        "text has no running text: only headings, code or tables. Give the text itself.");
    assertFailed(
        check(
            "Die Boote fahren von Mai bis September, und die Karten sind auf der Seite zu kaufen. "
                .repeat(4)),
        "text is in German; the formulas and word lists here are for English. Give the English text.");
  }

  @Test
  void hostileTexts_endInTime() {
    assertThat(check("a ".repeat(50_000)).failed()).isFalse();
    assertThat(check("x\n".repeat(50_000)).failed()).isFalse();
    assertThat(check("[".repeat(50_000)).failed()).isTrue();
    assertThat(check("very ".repeat(5_000) + ".").text().length()).isLessThan(100_000);
    assertThat(check("a".repeat(200_000)).failed()).isFalse();
    assertFailed(
        check("a ".repeat(200_000)),
        "text is longer than 300000 characters. Give one chapter or page at a time.");
  }

  private static ToolResult check(String text) {
    return Marketing.call("marketing.measure_copy", "text", text);
  }
}
