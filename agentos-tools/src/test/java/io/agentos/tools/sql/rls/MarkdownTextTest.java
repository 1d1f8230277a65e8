package io.agentos.tools.sql.rls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MarkdownTextTest {

  @Test
  void printable_controlCharacters_replaced() {
    assertThat(MarkdownText.printable("a\u001b[31m\tb\nc\u0007"))
        .isEqualTo("a\uFFFD[31m\tb\nc\uFFFD");
  }

  @Test
  void code_backticksAndLineBreaks_stayInside() {
    assertThat(MarkdownText.code("public.a")).isEqualTo("`public.a`");
    assertThat(MarkdownText.code("\"a`b\nc\"")).isEqualTo("`` \"a`b c\" ``");
    assertThat(MarkdownText.code("x".repeat(300))).hasSize(203);
  }

  @Test
  void cell_bars_escaped() {
    assertThat(MarkdownText.cell("\"a|b\"")).isEqualTo("\"a\\|b\"");
  }

  @Test
  void fence_longerThanAnyInside() {
    assertThat(MarkdownText.fence("select 1")).isEqualTo("```");
    assertThat(MarkdownText.fence("a ```` b")).isEqualTo("`````");
  }

  @Test
  void wrapped_linesWithinWidth() {
    String text = MarkdownText.wrapped("word ".repeat(60), "  ");

    assertThat(text.lines()).allMatch(line -> line.length() <= 96 && line.startsWith("  word"));
    assertThat(text.lines().count()).isEqualTo(4);
    assertThat(MarkdownText.wrapped("x".repeat(200) + " y", "")).isEqualTo("x".repeat(200) + "\ny");
  }
}
