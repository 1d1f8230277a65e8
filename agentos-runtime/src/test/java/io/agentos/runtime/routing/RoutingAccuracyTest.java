package io.agentos.runtime.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.runtime.routing.LabelledRequests.Outcome;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** How often the router finds the right agent of all packs, without a model. */
final class RoutingAccuracyTest {
  @Test
  void tuned() throws IOException {
    Outcome outcome = LabelledRequests.outcome(LabelledRequests.read("tuned.ndjson"));

    assertThat(outcome.accuracy()).as(String.join("\n", outcome.wrong())).isGreaterThan(0.85);
  }
}
