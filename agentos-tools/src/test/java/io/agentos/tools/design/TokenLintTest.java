package io.agentos.tools.design;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolResult;
import io.agentos.tools.report.Found;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TokenLintTest {

  @Test
  void example_everyPlantedFault_namedAndNothingElse() {
    ToolResult result = example();

    assertThat(Found.lines(result))
        .containsExactlyInAnyOrder(
            "high duplicate-name:13 900",
            "high invalid-name:33 font.size.big",
            "high invalid-value:8 color.brand.700",
            "high invalid-value:27 space.4",
            "high invalid-value:35 font.weight-heavy",
            "high broken-alias:17 color.actionHover",
            "high broken-alias:20 color.border",
            "high alias-cycle:18 color.text",
            "high name-clash:43 button.paddingX",
            "high unknown-variable:13 .button",
            "high value-drift:3 :root",
            "medium type-missing:34 font.weight-strong",
            "medium type-mismatch:39 motion.pace",
            "medium deprecated-used:15 .badge",
            "medium hard-coded-color:8 .card",
            "medium hard-coded-color:10 .card",
            "medium hard-coded-color:15 .badge",
            "medium duplicate-value:11 color.gray.100",
            "low old-format:6 color.brand.600",
            "low unknown-variable:16 .note",
            "low hard-coded-size:9 .card",
            "low hard-coded-size:11 .card",
            "low unused:5 color.brand",
            "low unused:11 color.gray",
            "low unused:15 color",
            "low unused:24 space",
            "low unused:33 font.size",
            "low unused:34 font",
            "low unused:39 motion",
            "low unused:43 button",
            "low near-color:6 color.brand.600",
            "low off-scale:26 space.3",
            "low mixed-names:0 ");
    assertThat(result.fields())
        .containsEntry("tokens", 27)
        .containsEntry("tokens_used", 9)
        .containsEntry("by_severity", Map.of("high", 11L, "medium", 7L, "low", 15L));
  }

  @Test
  void example_words() {
    ToolResult result = example();

    assertThat(Found.first(result, "broken-alias"))
        .satisfies(found -> {
          assertThat(found.message()).isEqualTo("There is no token `{color.brnd.600}`.");
          assertThat(found.fix()).isEqualTo("Did you mean `{color.brand.600}`?");
        });
    assertThat(Found.first(result, "alias-cycle").message())
        .isEqualTo("The circle is `color.text → color.text-strong → color.text`.");
    assertThat(Found.first(result, "value-drift").message())
        .isEqualTo(
            "`--fl-color-gray-900` is `#222222` here, and the token `color.gray.900` (line 13) is"
                + " `#212b36`.");
    assertThat(Found.first(result, "hard-coded-color").fix())
        .isEqualTo("Write `var(--fl-color-gray-100)`.");
    assertThat(Found.first(result, "unused").message())
        .isEqualTo(
            "`color.brand.500`, `color.brand.600`, `color.brand.650` and `color.brand.700`.");
  }

  @Test
  void lint_twice_sameBytes() {
    assertThat(example()).isEqualTo(example());
  }

  @Test
  void withoutCss_nothingIsSaidAboutUse() {
    ToolResult result = lint("{\"a\":{\"$type\":\"number\",\"$value\":1}}");

    assertThat(Found.in(result)).isEmpty();
    assertThat(result.text())
        .isEqualTo(
            """
            # Token lint: tokens

            **No findings:** the tokens fit their format and each other.
            1 token.

            ## Tokens by type

            | Type   | Tokens |
            |--------|-------:|
            | number |      1 |

            ## Not checked, and assumed

            - Without `css` nothing is said about unused tokens and values that are written out.
            """);
  }

  @Test
  void values_heldAgainstTheirTypes() {
    assertValue(
        "color", "{\"colorSpace\":\"oklch\",\"components\":[0.7,0.1,\"none\"],\"alpha\":1}", "");
    assertValue("color", "\"red\"", "wanted a colour");
    assertValue(
        "color", "{\"colorSpace\":\"rgb\",\"components\":[0,0,0]}", "`colorSpace` is missing");
    assertValue(
        "color", "{\"colorSpace\":\"srgb\",\"components\":[0,0]}", "`components` must be three");
    assertValue("dimension", "16", "wanted `{ \"value\": 16, \"unit\": \"px\" }`, and came `16`");
    assertValue("duration", "{\"value\":1,\"unit\":\"min\"}", "the unit is `min`; allowed: ms, s");
    assertValue("fontFamily", "[]", "wanted a name, or an array of names");
    assertValue("fontWeight", "\"semi-bold\"", "");
    assertValue("fontWeight", "0", "wanted a number from 1 to 1000");
    assertValue("cubicBezier", "[0.2, -1, 0.8, 2]", "");
    assertValue("cubicBezier", "[2, 0, 0, 1]", "wanted four numbers");
    assertValue("number", "true", "wanted a number, and came true");
    assertValue("strokeStyle", "\"solid\"", "");
    assertValue("border", "{\"color\":\"{x}\",\"width\":\"1px\"}", "`style` is missing");
    assertValue(
        "shadow",
        "[{\"color\":\"#000\",\"offsetX\":\"0px\",\"offsetY\":\"a\",\"blur\":\"0px\",\"spread\":\"0px\"}]",
        "in `offsetY`: wanted");
    assertValue("gradient", "\"x\"", "wanted an array of stops");
    assertValue("colour", "\"#000\"", "`colour` is not a type of the format.");
  }

  @Test
  void brokenInput_saysWhatIsWrong() {
    assertFailure("{\"a\": }", "tokens is not JSON in line 1, column 7: Unexpected character ('}'");
    assertFailure(
        "{\"a\": {\n",
        "tokens is not JSON in line 2, column 1: it ends before every {, [ and \" is closed.");
    assertFailure("[1]", "tokens is JSON, but not an object of tokens: it begins with an array.");
    assertFailure("{} {}", "tokens has more behind the end of its object, in line 1.");
    assertFailure("{\"a\": {\"b\": 1}}", "tokens holds no design token: no object in it has a");
    assertFailure(
        "{\"a\":".repeat(200),
        "tokens is not JSON that can be read: Document nesting depth (61) exceeds");
    assertFailure(" ", "tokens is empty. Give design tokens as JSON.");
  }

  @Test
  void hostileTokens_endInTime() {
    StringBuilder chain = new StringBuilder("{\"$type\":\"color\"");
    for (int i = 0; i < 4_000; i++) {
      chain.append(",\"t%d\":{\"$value\":\"{t%d}\"}".formatted(i, i + 1));
    }
    ToolResult result = lint(chain.append("}").toString());

    assertThat(Found.lines(result)).containsExactly("high broken-alias:1 t3999");
    assertThat(lint("{\"a\":{\"$value\":1e999,\"$type\":\"number\"}}").failed()).isFalse();
  }

  private static ToolResult example() {
    return Design.call(
        "design.lint_tokens",
        "tokens",
        Found.example("design/tokens.json"),
        "css",
        Found.example("design/app.css"));
  }

  private static ToolResult lint(String tokens) {
    return Design.call("design.lint_tokens", "tokens", tokens);
  }

  private static void assertValue(String type, String value, String problem) {
    ToolResult result =
        lint(
            "{\"x\":{\"$type\":\"color\",\"$value\":\"#123456\"},\"t\":{\"$type\":\"%s\",\"$value\":%s}}"
                .formatted(type, value));
    List<String> problems =
        Found.in(result).stream()
            .filter(found -> found.rule().equals("invalid-value"))
            .map(Found::message)
            .toList();
    if (problem.isEmpty()) {
      assertThat(problems).as(value).isEmpty();
    } else {
      assertThat(problems).as(value).singleElement().asString().contains(problem);
    }
  }

  private static void assertFailure(String tokens, String message) {
    ToolResult result = lint(tokens);
    assertThat(result.failed()).isTrue();
    assertThat(result.text()).startsWith(message);
  }
}
