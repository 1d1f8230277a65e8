package io.agentos.runtime.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestTest {
  private static final List<String> KNOWN = List.of("name", "tool", "arguments", "template");

  @ParameterizedTest
  @CsvSource({
    "tol,tool",
    "TOOL,tool",
    "argument,arguments",
    "temlpate,template",
    "nmae,''",
    "x,''",
    "'',''"
  })
  void of_one(String wanted, String nearest) {
    assertThat(Nearest.of(wanted, KNOWN).orElse("")).isEqualTo(nearest);
  }

  @Test
  void of_several_nearestFirstThenByAlphabet() {
    assertThat(Nearest.of("audit-rsl", List.of("audit-rls", "audit-sql", "audit-rl", "other"), 2))
        .containsExactly("audit-rl", "audit-rls");
    assertThat(Nearest.of("audit", List.of("audit"), 0)).isEmpty();
  }

  @Test
  void of_longNames_endsSoon() {
    String one = "a".repeat(1_000_000);

    assertThat(Nearest.of(one, List.of(one + "b"))).contains(one + "b");
  }
}
