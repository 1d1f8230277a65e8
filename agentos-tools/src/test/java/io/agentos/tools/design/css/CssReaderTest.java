package io.agentos.tools.design.css;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class CssReaderTest {

  @Test
  void rules_withLinesAndValues() {
    StyleSheet sheet =
        CssReader.read(
            "a.css",
            """
            /* a { color: red } */
            a, b > c {
              color: #fff !important; --Brand: {x};
              background: url(data:image/png;base64,AA==) ; content: "a;b}c"
            }
            """,
            1);

    assertThat(sheet.problems()).isEmpty();
    assertThat(sheet.rules()).hasSize(1);
    StyleRule rule = sheet.rules().getFirst();
    assertThat(rule.selectors()).containsExactly("a", "b > c");
    assertThat(rule.line()).isEqualTo(2);
    assertThat(rule.declarations())
        .containsExactly(
            new Declaration("color", "#fff", true, 3),
            new Declaration("--Brand", "{x}", false, 3),
            new Declaration("background", "url(data:image/png;base64,AA==)", false, 4),
            new Declaration("content", "\"a;b}c\"", false, 4));
  }

  @Test
  void nestingAndAtRules_areResolved() {
    StyleSheet sheet =
        CssReader.read(
            "a.css",
            """
            @import "other.css";
            @layer base { .card { color: red;
              &:hover { color: blue }
              > .title { color: green }
              .dark & { color: white }
              @media (min-width: 40em) { color: black } } }
            @font-face { font-family: x }
            @keyframes k { from { color: red } }
            """,
            10);

    assertThat(sheet.rules().stream().map(rule -> String.join(",", rule.selectors())))
        .containsExactly(".card", ".card:hover", ".card > .title", ".dark :is(.card)", ".card");
    assertThat(sheet.rules()).allMatch(rule -> rule.layer().equals("base"));
    assertThat(sheet.rules().getLast().conditions())
        .containsExactly(new StyleRule.Condition("media", "(min-width: 40em)"));
    assertThat(sheet.imports()).containsExactly("\"other.css\"");
    assertThat(sheet.rules().getFirst().line()).isEqualTo(11);
  }

  @Test
  void brokenSheets_goOnBehindTheFault() {
    assertThat(problems("a { color red; width: 1px }"))
        .containsExactly("1 a declaration is 'property: value;'");
    assertThat(problems("a { color: red }}\nb { color: red }"))
        .containsExactly("1 a '}' has no '{'");
    assertThat(problems("\na { color: red"))
        .containsExactly("2 a block begins with '{' here and has no '}'");
    assertThat(problems("a{}\n/* b")).containsExactly("2 a comment begins here and never ends");
    assertThat(problems("words; a { color: red }"))
        .containsExactly("1 text that is neither a rule nor in one");
  }

  @Test
  void arithmetic_asInCss() {
    assertThat(pixels("calc(1rem + 2 * 4px)")).hasValue(24);
    assertThat(pixels("clamp(10px, 50px, 20px)")).hasValue(20);
    assertThat(pixels("min(3px, 2px)")).hasValue(2);
    assertThat(pixels("calc((1px + 2px) * -1)")).hasValue(-3);
    assertThat(pixels("1e2px")).hasValue(100);
    assertThat(
            List.of("", "px", "calc(", "calc(1px", "1px 2px", "calc(1/0)", "max()", "(".repeat(99)))
        .allMatch(text -> pixels(text).isEmpty());
  }

  private static OptionalDouble pixels(String text) {
    return Arithmetic.value(
        text,
        (number, unit) ->
            switch (unit) {
              case "px", "" -> OptionalDouble.of(number);
              case "rem" -> OptionalDouble.of(number * 16);
              default -> OptionalDouble.empty();
            });
  }

  private static List<String> problems(String css) {
    return CssReader.read("a.css", css, 1).problems().stream()
        .map(problem -> problem.line() + " " + problem.message())
        .toList();
  }
}
