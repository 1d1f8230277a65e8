package io.agentos.tools.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MarkdownTableTest {
  @Test
  void columns_standBelowEachOther_numbersToTheRight() {
    assertThat(
            Markdown.table(
                List.of("Name", "Number", "Share"),
                List.of(List.of("a", "1,200.5", "5 %"), List.of("blåbær", "-3", ""))))
        .isEqualTo(
            """
            | Name   |  Number | Share |
            |--------|--------:|------:|
            | a      | 1,200.5 |   5 % |
            | blåbær |      -3 |       |
            """);
  }

  @Test
  void noRows_isAHead() {
    assertThat(Markdown.table(List.of("A", "B"), List.of())).isEqualTo("| A | B |\n|---|---|\n");
  }

  @Test
  void bar_isEscaped() {
    assertThat(Markdown.table(List.of("A"), List.of(List.of("`x|y`"))))
        .isEqualTo("| A      |\n|--------|\n| `x\\|y` |\n");
  }

  @Test
  void tooWide_losesTheMiddleOfTheWidestColumn() {
    String name = "`" + "a".repeat(60) + "b".repeat(60) + "`";

    String table =
        Markdown.table(List.of("Test", "Runs"), List.of(List.of(name, "1"), List.of("c", "22")));

    assertThat(table.lines()).allSatisfy(line -> assertThat(line).hasSize(100));
    assertThat(table).contains("| `" + "a".repeat(43) + "…" + "b".repeat(43) + "` |    1 |");
  }

  @Test
  void manyColumns_keepAPartOfEach() {
    List<String> titles = Collections.nCopies(12, "x".repeat(40));

    assertThat(Markdown.table(titles, List.of()).lines().findFirst().orElseThrow())
        .hasSize(12 * 15 + 1);
  }
}
