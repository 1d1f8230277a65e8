package io.agentos.server.bench.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

final class FiguresTest {
  private final Figures figures = new Figures();

  @Test
  void medians_ofRounds_areTheMiddleOnesInOrder() {
    for (double cpu : new double[] {9, 1, 2}) {
      figures.add("cpu", cpu);
      figures.add("p50", cpu * 10);
    }
    assertThat(figures.medians()).containsExactly(entry("cpu", 2.0), entry("p50", 20.0));
  }

  @Test
  void sum_overRounds_losesNone() {
    figures.sum("errors", 0);
    figures.sum("errors", 3);
    figures.sum("errors", 0);
    assertThat(figures.medians()).containsExactly(entry("errors", 3.0));
  }

  @Test
  void addRatio_both_isOfTheMedians() {
    figures.add("theirs", 1_200);
    figures.add("ours", 60);
    figures.addRatio("ratio", "theirs", "ours");
    figures.addDifference("more", "theirs", "ours");
    assertThat(figures.median("ratio")).isEqualTo(20);
    assertThat(figures.median("more")).isEqualTo(1_140);
  }

  @Test
  void addRatio_oneMissing_isLeftOut() {
    figures.add("ours", 60);
    figures.addRatio("ratio", "theirs", "ours");
    figures.addDifference("more", "theirs", "ours");
    assertThat(figures.medians()).containsOnlyKeys("ours");
  }
}
