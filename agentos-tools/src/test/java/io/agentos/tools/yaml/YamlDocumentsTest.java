package io.agentos.tools.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class YamlDocumentsTest {

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(() -> YamlDocuments.read(text)).hasMessageContaining(message);
  }

  @Test
  void read_severalDocuments_knowTheirLines() {
    List<YamlNode> documents =
        YamlDocuments.read("# a\na: 1\n---\n---\r\nb:\r\n  - x\r\n  - y: yes\r\n");

    assertThat(documents).hasSize(2);
    assertThat(documents.get(0).number("a")).contains(1L);
    assertThat(documents.get(1).line()).isEqualTo(5);
    assertThat(documents.get(1).items("b").get(1).line()).isEqualTo(7);
    assertThat(documents.get(1).items("b").get(1).isTrue("y")).isTrue();
  }

  @Test
  void read_aliasesAndMerges_areResolved() {
    YamlNode root =
        YamlDocuments.read("a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  y: 3\nc: *a\n").getFirst();

    assertThat(root.number("b", "x")).contains(1L);
    assertThat(root.number("b", "y")).contains(3L);
    assertThat(root.number("c", "y")).contains(2L);
  }

  @Test
  void read_quotedWords_areNoTruthValues() {
    YamlNode root = YamlDocuments.read("a: 'true'\nb: true\nc: ~\n").getFirst();

    assertThat(root.isTrue("a")).isFalse();
    assertThat(root.isTrue("b")).isTrue();
    assertThat(root.at("c")).isEmpty();
  }

  @Test
  void read_broken_saysLineAndReason() {
    assertRefused("a: 1\nb: [1, 2\nc: 3\n", "Line 3 is not YAML that can be read: ");
    assertRefused("a: 1\n\tb: 2\n", "Line 2 is not YAML that can be read: ");
    assertRefused(
        "a: 1\nb: 2\na: 3\n",
        "Line 3 is not YAML that can be read: the key 'a' is there a second time.");
    assertRefused("a: *nowhere\n", "the alias *nowhere names nothing above.");
    assertRefused("a: &x [*x]\n", "the alias *x names nothing above.");
  }

  @Test
  void read_deepAndWide_isBounded() {
    assertRefused("[".repeat(100_000), "is longer than 50000 characters");
    assertRefused("[\n".repeat(10_000), "values nest more than 60 levels deep");
    assertRefused("- 1\n".repeat(200_001), "there are more than 200000 values");
  }

  @Test
  void read_aliasesOfAliases_areCounted() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      String one = "*a" + (i - 1);
      laughs.append(
          "a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", Collections.nCopies(10, one))));
    }

    assertRefused(laughs.toString(), "aliases make more than 200000 values");
  }
}
