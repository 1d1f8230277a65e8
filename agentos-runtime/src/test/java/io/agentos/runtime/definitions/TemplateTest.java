package io.agentos.runtime.definitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.agentos.api.ErrorCode;
import io.agentos.api.Output;
import io.agentos.api.ToolResult;
import io.agentos.runtime.definitions.StepDefinition.TemplateStep;
import io.agentos.runtime.definitions.StepDefinition.ToolStep;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TemplateTest {
  private static final ToolResult AUDIT =
      new ToolResult(
          "2 findings",
          Map.of(
              "total",
              2,
              "rate",
              new BigDecimal("1.50"),
              "findings",
              List.of(Map.of("table", "t"), Map.of("table", "u"))),
          false);

  private static final Template.Scope SCOPE =
      new Template.Scope(
          Map.of("schema", "create table t;", "limit", 10, "deep", true, "tags", List.of("a", "b")),
          Map.of("audit", AUDIT));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "plain text|plain text",
        "see: ${input.schema}|see: create table t;",
        "${steps.audit.text}.|2 findings.",
        "${ steps.audit.fields.total } of ${input.limit}|2 of 10",
        "${steps.audit.fields.findings[1].table}|u",
        "a ${steps.audit.fields.findings} b|a [{\"table\":\"t\"},{\"table\":\"u\"}] b",
        "rate ${steps.audit.fields.rate}, ${input.deep}|rate 1.50, true",
        "x${input.absent}y|xy",
        "x${steps.later.text}y|xy",
        "x${steps.audit.fields.findings[9].table}y|xy",
        "x${steps.audit.fields.total.more}y|xy",
        "x${steps.audit.fields[0]}y|xy",
        "x${input.tags.name}y|xy",
        "$${input.schema} $5 {} $|${input.schema} $5 {} $",
      })
  void text_filledIn(String template, String expected) {
    assertThat(Template.text(template, SCOPE)).isEqualTo(expected);
  }

  @Test
  void values_wholeReferencesKeepTheirType() {
    assertThat(
            Template.values(
                Map.of(
                    "limit", "${input.limit}",
                    "text", "at most ${input.limit}",
                    "findings", "${steps.audit.fields.findings}",
                    "fields", "${steps.audit.fields}",
                    "number", 5,
                    "nested", Map.of("deep", List.of("${input.deep}", "${input.tags[0]}"))),
                SCOPE))
        .containsOnly(
            entry("limit", 10),
            entry("text", "at most 10"),
            entry("findings", List.of(Map.of("table", "t"), Map.of("table", "u"))),
            entry("fields", AUDIT.fields()),
            entry("number", 5),
            entry("nested", Map.of("deep", List.of(true, "a"))));
  }

  @Test
  void values_referencesToNothingDropTheirKeyOrItem() {
    assertThat(
            Template.values(
                Map.of(
                    "schema", "${input.schema}",
                    "database", "${input.database}",
                    "list", List.of("${input.database}", "x"),
                    "text", "a${input.database}"),
                SCOPE))
        .containsOnly(
            entry("schema", "create table t;"), entry("list", List.of("x")), entry("text", "a"));
  }

  @Test
  void text_whatIsPutInIsNotReadAgain() {
    Template.Scope scope =
        new Template.Scope(
            Map.of("a", "${input.b}", "b", "secret"), Map.of("s", ToolResult.ofText("$${x")));

    assertThat(Template.text("${input.a} ${steps.s.text}", scope)).isEqualTo("${input.b} $${x");
    assertThat(Template.values(Map.of("k", "${input.a}"), scope))
        .containsOnly(entry("k", "${input.b}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${",
        "${input",
        "${}",
        "${input}",
        "${input.}",
        "${input..a}",
        "${steps.a}",
        "${steps.a.name}",
        "${steps.a.text.b}",
        "${steps[0].text}",
        "${input[0]}",
        "${env.HOME}",
        "${input.a + 1}",
        "${input.a()}",
        "${input.a[-1]}",
        "${input.a[9999999]}",
        "${T(java.lang.Runtime)}"
      })
  void text_notAReference(String template) {
    assertThat(Told.by(() -> Template.text("x " + template, SCOPE)))
        .hasMessage(
            "found reference '%s'; allowed: ${input.NAME}, ${steps.NAME.text}, ${steps.NAME.fields…}, and $${ for the characters themselves",
            template)
        .extracting("code")
        .isEqualTo(ErrorCode.INVALID_DEFINITION);
  }

  @Test
  void text_lengthIsBounded() {
    Template.Scope scope = new Template.Scope(Map.of("a", "x".repeat(100_000)), Map.of());

    assertThat(Template.text("${input.a}".repeat(10), scope)).hasSize(Template.OUTPUT_LENGTH_MAX);
    assertThat(Told.by(() -> Template.text("${input.a}".repeat(10) + "y", scope)))
        .hasMessage("A template made more than 1000000 characters; refer to less in it.")
        .extracting("code")
        .isEqualTo(ErrorCode.LIMIT_REACHED);
  }

  @Test
  void values_lengthIsBoundedOverAll() {
    Template.Scope scope = new Template.Scope(Map.of("a", List.of("x".repeat(600_000))), Map.of());

    assertThat(Template.values(Map.of("a", "${input.a}"), scope)).hasSize(1);
    assertThat(
            Told.by(() -> Template.values(Map.of("a", "${input.a}", "b", "${input.a}"), scope))
                .code())
        .isEqualTo(ErrorCode.LIMIT_REACHED);
  }

  @Test
  void steps_fillTheirTemplates() {
    assertThat(new ToolStep("a", "sql.audit", Map.of("top", "${input.limit}")).fill(SCOPE))
        .containsOnly(entry("top", 10));
    assertThat(new TemplateStep("b", "${steps.audit.text}!").fill(SCOPE)).isEqualTo("2 findings!");
  }

  @Test
  void output_fillsItsTemplates() {
    assertThat(new OutputTemplate("${steps.audit.text}", null).fill(SCOPE))
        .isEqualTo(Output.ofText("2 findings"));
    assertThat(new OutputTemplate("x", "${steps.audit.fields}").fill(SCOPE).fields())
        .isEqualTo(AUDIT.fields());
    assertThat(
            new OutputTemplate("x", Map.of("n", "${steps.audit.fields.total}"))
                .fill(SCOPE)
                .fields())
        .containsOnly(entry("n", 2));
    assertThat(new OutputTemplate("x", "${steps.later.fields}").fill(SCOPE).fields()).isEmpty();
  }

  @Test
  void output_fieldsThatAreNoMap() {
    OutputTemplate output = new OutputTemplate("x", "${steps.audit.fields.findings}");

    assertThat(Told.by(() -> output.fill(SCOPE)))
        .hasMessage(
            "The fields of a workflow's output are a map; spec.output.fields refers to something"
                + " else.");
  }
}
