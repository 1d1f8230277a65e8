package io.agentos.runtime.gates;

import static io.agentos.runtime.gates.Asked.answer;
import static io.agentos.runtime.gates.Asked.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.agentos.api.Seen;
import io.agentos.runtime.definitions.GateCheck;
import io.agentos.runtime.definitions.GateCheck.AnswerPart;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gates about the quality of an answer. */
final class QualityGatesTest {
  private static final String SCHEMA =
      """
      {"type": "object", "required": ["total"], "additionalProperties": false,
       "properties": {"total": {"type": "integer", "minimum": 0}, "tags": {"type": "array", "items": {"enum": ["a", "b"]}}}}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{`total`: 1} | pass",
        "{`total`: 1, `tags`: [`a`, `b`]} | pass",
        "{`total`: 2e0} | pass",
        "{} | The fields of the answer do not fit the schema at /required: total.",
        "{`total`: -1} | The fields of the answer do not fit the schema at /properties/total/minimum.",
        "{`total`: `1`} | The fields of the answer do not fit the schema at /properties/total/type.",
        "{`total`: 1.5} | The fields of the answer do not fit the schema at /properties/total/type.",
        "{`total`: null} | The fields of the answer do not fit the schema at /properties/total/type.",
        "{`total`: 1, `Total`: 1} | The fields of the answer do not fit the schema at /additionalProperties.",
        "{`total`: 1, `tags`: [[`a`]]} | The fields of the answer do not fit the schema at /properties/tags/items/enum.",
        "{`total`: 1, `tags`: [`а`]} | The fields of the answer do not fit the schema at /properties/tags/items/enum."
      })
  void schema_ofFields(String fields, String expected) {
    assertThat(said(schema(AnswerPart.FIELDS), Asked.fields(fields.replace('`', '"'))))
        .isEqualTo(expected);
  }

  @Test
  void schema_ofText_isStrictJson_alsoInABlock() {
    assertThat(said(schema(AnswerPart.TEXT), answer("{\"total\": 3}"))).isEqualTo("pass");
    assertThat(said(schema(AnswerPart.TEXT), answer("```json\n{\"total\": 3}\n```")))
        .isEqualTo("pass");
    assertThat(said(schema(AnswerPart.TEXT), answer("{\"total\": 3} and more")))
        .isEqualTo("The text of the answer is not JSON.");
    assertThat(said(schema(AnswerPart.TEXT), answer("{\"total\": 3, \"total\": 4}")))
        .isEqualTo("The text of the answer is not JSON.");
    assertThat(said(schema(AnswerPart.TEXT), answer("[".repeat(5000))))
        .isEqualTo("The text of the answer is not JSON.");
    assertThat(said(schema(AnswerPart.TEXT), answer("[]")))
        .contains("does not fit the schema at /type");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "one two three | pass",
        "one two three four five | pass",
        "one two | The answer has 2 words; at least 3 are wanted.",
        "a b c d e f | The answer has 6 words; at most 5 are allowed.",
        "`` | The answer has 0 characters; at least 5 are wanted. The answer has 0 words; at least 3 are wanted.",
        "- - - - - - | The answer has 0 words; at least 3 are wanted.",
        "`a\u00a0b\u2003c` | pass",
        "a\u200bb\u200bc\u200bd\u200be | The answer has 1 words; at least 3 are wanted.",
        "\u200b\u200b\u200b\u200b\u200b\u200b | The answer has 0 characters; at least 5 are wanted. The answer has 0 words; at least 3 are wanted.",
        "\ud83d\ude00 a \ud83d\ude00 b \ud83d\ude00 c | pass",
        "naïve Füße 日本 | pass",
        "one twothreefourfivesixseveneight nine | The answer has 38 characters; at most 30 are allowed."
      })
  void length_countsCharactersAndWords(String text, String expected) {
    assertThat(said(new GateCheck.Length(5, 30, 3, 5), answer(text))).isEqualTo(expected);
  }

  @Test
  void length_ofTheInput() {
    assertThat(said(new GateCheck.Length(0, 3, 0, 100), Asked.task("four")))
        .isEqualTo("The task's text has 4 characters; at most 3 are allowed.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "# Summary;text;## Risks | pass",
        "###### SUMMARY;#Risks | pass",
        "## Summary ##;## Risks: | pass",
        "# **Summary**;# _Risks_ | pass",
        "Summary;Risks | The heading 'Summary' is missing. The heading 'Risks' is missing.",
        "# Summary | The heading 'Risks' is missing.",
        "# Risks and summary | The heading 'Summary' is missing. The heading 'Risks' is missing.",
        "```;# Summary;# Risks;``` | The heading 'Summary' is missing. The heading 'Risks' is missing.",
        "~~~~;~~~;# Summary;~~~~;# Risks | The heading 'Summary' is missing.",
        "````;```;# Summary;````;# Summary;# Risks | pass",
        "# Summаry;# Risks | The heading 'Summary' is missing.",
        "> # Summary;# Risks | The heading 'Summary' is missing."
      })
  void sections_areHeadings(String text, String expected) {
    assertThat(
            said(
                new GateCheck.Sections(List.of("Summary", "Risks")),
                answer(text.replace(';', '\n'))))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "It grew [1].;# Sources;[1] Census | pass",
        "It grew [^1].;# Sources;[^1]: Census | pass",
        "It grew [1, 2].;# Sources;1. Census;2) Report | pass",
        "It grew [01].;# Sources;- [1] Census | pass",
        "It grew. | The answer refers to 0 sources; at least 1 are wanted.",
        "It grew [2].;# Sources;[1] Census | [2] has no entry under the heading 'Sources'. The answer refers to 0 sources; at least 1 are wanted.",
        "It grew [1].;# Notes;[1] Census | [1] has no entry under the heading 'Sources'. The answer refers to 0 sources; at least 1 are wanted.",
        "It grew [1].;# Sources;[1] | [1] has no entry under the heading 'Sources'. The answer refers to 0 sources; at least 1 are wanted.",
        "```;It grew [1].;```;# Sources;[1] Census | The answer refers to 0 sources; at least 1 are wanted.",
        "See [1](https://a.example/x). | pass",
        "It grew [١].;# Sources;[١] Census | The answer refers to 0 sources; at least 1 are wanted.",
        "It grew [1].;```;# Sources;[1] Census;``` | [1] has no entry under the heading 'Sources'. The answer refers to 0 sources; at least 1 are wanted."
      })
  void citations_haveEntries(String text, String expected) {
    assertThat(
            said(
                new GateCheck.Citations(1, "Sources", false, true),
                answer(text.replace(';', '\n'))))
        .isEqualTo(expected);
  }

  @Test
  void citations_ofEachParagraph() {
    String text =
        "# Growth\n\nThe town grew by a third in those ten years [1].\n\n"
            + "Nobody knows why this happened in that one place.\n\nShort one.\n\n# Sources\n[1] Census";

    assertThat(said(new GateCheck.Citations(1, "sources", true, true), answer(text)))
        .isEqualTo("1 paragraphs refer to no source.");
  }

  @Test
  void citations_urlsWereSeen() {
    GateCheck check = new GateCheck.Citations(0, "Sources", false, true);
    Seen seen = Seen.NONE.and(new Seen.Text("tool:web.read", "see <https://a.example/x/> there"));

    assertThat(said(check, answer("At HTTPS://A.example/x#part.", "", seen))).isEqualTo("pass");
    assertThat(
            said(check, answer("At https://b.example/y", "read https://b.example/y, please", seen)))
        .isEqualTo("pass");
    assertThat(said(check, answer("At https://a.example/x and https://a.example.evil/x", "", seen)))
        .isEqualTo(
            "URL number 2 of the answer stands neither in the input nor in what the tools answered.");
    assertThat(said(check, answer("At https://a.example/x?leak=1", "", seen)))
        .startsWith("URL number 1");
    assertThat(said(check, answer("At https://anything.example/"))).isEqualTo("pass");
  }

  /** The counts were made by hand. */
  @Test
  void readability_countsAsTheFormulasSay() {
    ReadabilityCheck.Counts counts =
        ReadabilityCheck.count("The cat sat on the mat. A dog ran to the big red barn!");

    assertThat(counts).isEqualTo(new ReadabilityCheck.Counts(14, 2, 14, 0));
    assertThat(counts.ease()).isCloseTo(206.835 - 1.015 * 7 - 84.6, within(1e-9));
    assertThat(counts.grade()).isCloseTo(0.39 * 7 + 11.8 - 15.59, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "The cat sat on the mat. | 7 | pass",
        "Institutional considerations necessitate comprehensive organizational reevaluation. | 5 | The reading ease (Flesch) is",
        "# Institutional considerations;The cat sat on the mat. | 7 | pass",
        "```;Institutional considerations;```;The cat sat on the mat. | 7 | pass",
        "¦ Institutional ¦ considerations ¦;The cat sat on the mat. | 7 | pass",
        "https://institutional.example/considerations The cat sat on the mat. | 7 | pass",
        "Институциональные соображения требуют переоценки. | 9 | More than half of the words are not of Latin letters",
        "The cat sat on the mat. | 1 | pass",
        "1234 5678 --- ??? | 9 | pass",
        "Institutional considerations | 1 | pass"
      })
  void readability_ofProse(String text, int times, String expected) {
    assertThat(
            said(
                new GateCheck.Readability(new BigDecimal("60"), null, null, new BigDecimal("9")),
                answer((text.replace(';', '\n').replace('¦', '|') + "\n").repeat(times))))
        .startsWith(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "We do our best. Risk remains. | pass",
        "Profit is guaranteed. Risk remains. | The term 'guaranteed' is not allowed and stands in the answer.",
        "GUARANTEED risk | The term 'guaranteed' is not allowed and stands in the answer.",
        "gu\u0430r\u0430nteed risk | The term 'guaranteed' is not allowed and stands in the answer.",
        "guar\u200bant\u00adeed risk | The term 'guaranteed' is not allowed and stands in the answer.",
        "ｇｕａｒａｎｔｅｅｄ risk | The term 'guaranteed' is not allowed and stands in the answer.",
        "guáránteed risk | The term 'guaranteed' is not allowed and stands in the answer.",
        "unguaranteed risks | The term 'risk' is missing.",
        "`no;  risk at all` | The term 'no risk' is not allowed and stands in the answer.",
        "no-risk | The term 'no risk' is not allowed and stands in the answer.",
        "no real risk | pass"
      })
  void words_bannedAndRequired(String text, String expected) {
    assertThat(
            said(
                new GateCheck.Words(List.of("guaranteed", "no risk"), List.of("risk")),
                answer(text.replace(';', '\n'))))
        .isEqualTo(expected);
  }

  private static GateCheck schema(AnswerPart of) {
    return new GateCheck.FitsSchema(of, Asked.schema(SCHEMA));
  }
}
