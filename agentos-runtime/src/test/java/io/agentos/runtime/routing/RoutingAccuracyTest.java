package io.agentos.runtime.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.runtime.routing.LabelledRequests.Labelled;
import io.agentos.runtime.routing.LabelledRequests.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * How often the router finds the right agent of all packs, without a model. {@code tuned.ndjson}
 * was there while keywords, examples and weights were chosen; {@code held-out.ndjson} was written
 * after that, and nothing was changed to suit it.
 */
final class RoutingAccuracyTest {
  private static final double ACCURACY_MIN = 0.9;

  /** Of so few, each is more than a percent: packs may change without this set. */
  private static final double HELD_OUT_MIN = 0.85;

  @Test
  void route_requestsSeenWhileTuning() throws IOException {
    Outcome outcome = LabelledRequests.outcome(LabelledRequests.read("tuned.ndjson"));
    tell("tuned", outcome);

    assertThat(outcome.accuracy()).as(outcome.told()).isGreaterThanOrEqualTo(ACCURACY_MIN);
  }

  @Test
  void route_requestsNeverTunedFor() throws IOException {
    Outcome outcome = LabelledRequests.outcome(LabelledRequests.read("held-out.ndjson"));
    tell("held-out", outcome);

    assertThat(outcome.accuracy()).as(outcome.told()).isGreaterThanOrEqualTo(HELD_OUT_MIN);
  }

  @Test
  void route_allRequests_reachEveryAgent() throws IOException {
    List<Labelled> all =
        Stream.concat(
                LabelledRequests.read("tuned.ndjson").stream(),
                LabelledRequests.read("held-out.ndjson").stream())
            .toList();
    Outcome outcome = LabelledRequests.outcome(all);

    assertThat(all).hasSizeGreaterThanOrEqualTo(200);
    assertThat(all.stream().map(Labelled::agent).distinct())
        .containsAll(
            LabelledRequests.PACKS.stream()
                .flatMap(pack -> pack.agents().stream())
                .map(agent -> agent.id().toString())
                .toList());
    assertThat(outcome.accuracy()).as(outcome.told()).isGreaterThanOrEqualTo(ACCURACY_MIN);
  }

  private static void tell(String set, Outcome outcome) {
    System.out.printf(
        "routing %s: %d of %d right, accuracy %.3f%n",
        set, outcome.right(), outcome.right() + outcome.wrong().size(), outcome.accuracy());
  }
}
