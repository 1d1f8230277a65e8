package io.agentos.tools.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class WrappedTextTest {
  private static final String NINE = "x".repeat(9) + " ";

  @Test
  void short_staysOneLine() {
    assertThat(WrappedText.of("a b", "", "")).isEqualTo("a b");
    assertThat(WrappedText.of("  a   b ", "- ", "  ")).isEqualTo("- a b");
  }

  @Test
  void long_breaksAtOneHundredColumns() {
    String full = NINE.repeat(9) + "y".repeat(10);

    assertThat(full).hasSize(100);
    assertThat(WrappedText.of(full, "", "")).isEqualTo(full);
    assertThat(WrappedText.of(full + "y", "", ""))
        .isEqualTo(NINE.repeat(9).strip() + "\n" + "y".repeat(11));
    assertThat(WrappedText.of(full, "- ", "  "))
        .isEqualTo("- " + NINE.repeat(9).strip() + "\n  " + "y".repeat(10));
  }

  @Test
  void word_longerThanALine_standsAlone() {
    String word = "z".repeat(150);

    assertThat(WrappedText.of("a " + word + " b", "", "")).isEqualTo("a\n" + word + "\nb");
  }

  @Test
  void shortCode_isNotBroken() {
    String code = "`font-size: 12px`";

    assertThat(WrappedText.of(NINE.repeat(9) + code + " z", "", ""))
        .isEqualTo(NINE.repeat(9).strip() + "\n" + code + " z");
  }

  @Test
  void longCode_isBroken_andWhatFollowsIsNot() {
    String code = "`" + NINE.repeat(12).strip() + "`";

    assertThat(WrappedText.of(code + " a `b c` d", "", ""))
        .isEqualTo("`" + NINE.repeat(10).strip() + "\n" + NINE + "x".repeat(9) + "` a `b c` d");
  }

  @Test
  void openCode_isTakenAsItIs() {
    assertThat(WrappedText.of("a ` b " + NINE.repeat(10), "", ""))
        .isEqualTo("a ` b " + NINE.repeat(9).strip() + "\n" + "x".repeat(9));
  }

  @Test
  void marks_doNotBeginALine() {
    String begin = NINE.repeat(9) + "y".repeat(9);

    for (String mark : new String[] {"-", "+", "*", "#", "3.", "12)", ">", "=", "|"}) {
      assertThat(WrappedText.of(begin + " " + mark + " z", "", ""))
          .isEqualTo(NINE.repeat(9).strip() + "\n" + "y".repeat(9) + " " + mark + " z");
    }
  }
}
