package io.agentos.runtime.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.Effort;
import io.agentos.api.ErrorCode;
import io.agentos.api.Image;
import io.agentos.api.Message;
import io.agentos.runtime.catalogue.Capability;
import io.agentos.runtime.catalogue.Catalogue;
import io.agentos.runtime.catalogue.ExplicitPrice;
import io.agentos.runtime.catalogue.Model;
import io.agentos.runtime.catalogue.Speed;
import io.agentos.runtime.definitions.Generation;
import io.agentos.runtime.definitions.Routing;
import io.agentos.runtime.definitions.Routing.Strategy;
import io.agentos.runtime.policy.Policies;
import io.agentos.testkit.FakeClock;
import io.agentos.testkit.ScriptedProvider;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ChooserTest {
  private final FakeClock clock = new FakeClock();
  private final Health health = new Health(clock);

  private final Catalogue catalogue =
      Models.catalogue("a/one", "a/two", "b/three")
          .with("b", "dear", new ExplicitPrice(9_000_000, 9_000_000, 9_000_000))
          .with("a", "cheap", new ExplicitPrice(1, 1, 1));

  private final Candidates candidates =
      new Candidates(
          List.of(
              Models.configured(ScriptedProvider.ofTurns("a", List.of()), "one"),
              Models.configured(ScriptedProvider.ofTurns("b", List.of()), "three")),
          catalogue);

  @Test
  void pinned_keepsTheOrder() {
    Choice choice = choose(Models.policy(), Routing.PINNED, "b", "a/two", "a");

    assertThat(choice)
        .isEqualTo(
            new Choice(
                "pinned",
                List.of(
                    new Choice.Option("b/three", true, "listed as number 1"),
                    new Choice.Option("a/two", true, "listed as number 2"),
                    new Choice.Option("a/one", true, "listed as number 3"))));
  }

  @Test
  void cheapest_comparesWhatTheCallWouldCost() {
    Choice choice =
        choose(Models.policy(), new Routing(Strategy.CHEAPEST, Map.of()), "b/dear", "a", "a/cheap");

    assertThat(choice.order()).containsExactly("a/cheap", "a/one", "b/dear");
    assertThat(choice.options().getFirst().reason()).isEqualTo("costs about 1 micro-USD");
  }

  @Test
  void fastest_goesByMeasuredTime() {
    answered("a/one", Duration.ofSeconds(9));
    answered("b/three", Duration.ofMillis(80));

    Choice choice =
        choose(Models.policy(), new Routing(Strategy.FASTEST, Map.of()), "a", "a/two", "b");

    assertThat(choice.order()).containsExactly("b/three", "a/two", "a/one");
    assertThat(choice.options().stream().map(Choice.Option::reason))
        .containsExactly(
            "answers in 80 ms", "not measured yet, said to be medium", "answers in 9000 ms");
  }

  @Test
  void weighted_holdsItsShares_andATaskKeepsItsLot() {
    Routing routing = new Routing(Strategy.WEIGHTED, Map.of("a", 3, "b", 1));
    Map<String, Integer> firsts = new HashMap<>();
    for (int i = 0; i < 4_000; i++) {
      ModelTask task = Models.task(routing, "b", "a", "a/two");
      Choice choice = chooser(Models.policy()).choose(task);
      assertThat(chooser(Models.policy()).choose(task)).isEqualTo(choice);
      assertThat(choice.order()).hasSize(3).last().isEqualTo("a/two");
      firsts.merge(choice.order().getFirst(), 1, Integer::sum);
    }

    assertThat(firsts.get("a/one")).isBetween(2_850, 3_150);
    assertThat(firsts.get("b/three")).isBetween(850, 1_150);
  }

  @Test
  void all_standsForAllModelsOfAProvider() {
    assertThat(choose(Models.policy(), Routing.PINNED, "a/*").order())
        .containsExactly("a/cheap", "a/one", "a/two");
  }

  @Test
  void forbidden_isNotAsked_andSaysWhy() {
    Choice choice = choose(Models.policy("a/*"), Routing.PINNED, "a", "b");

    assertThat(choice.order()).containsExactly("b/three");
    assertThat(choice.options().getLast())
        .isEqualTo(new Choice.Option("a/one", false, "forbidden by rule models/no: Not here."));
  }

  @Test
  void effort_isAskedOnlyOfModelsThatReason() {
    Model three = catalogue.find("b", "three").orElseThrow();
    Model plain =
        new Model(
            "b",
            "plain",
            "Answers at once",
            List.of(),
            null,
            null,
            0,
            0,
            Set.of(Capability.TOOLS),
            50,
            "a test",
            Speed.FAST,
            "",
            three.price());
    Candidates both =
        new Candidates(
            List.of(Models.configured(ScriptedProvider.ofTurns("b", List.of()), "three")),
            new Catalogue(List.of(three, plain)));
    Chooser chooser = new Chooser(both, health, Models.policy(), clock);

    assertThat(chooser.choose(task(Effort.LOW)).options())
        .containsExactly(
            new Choice.Option("b/three", true, "listed as number 1"),
            new Choice.Option("b/plain", false, "cannot reason, and the agent asks for effort"));
    assertThat(chooser.choose(task(Effort.NONE)).order()).containsExactly("b/plain", "b/three");
  }

  private static ModelTask task(Effort effort) {
    return Models.task(
        new Generation(effort, null, false, null), Routing.PINNED, List.of(), "b/plain", "b/three");
  }

  @Test
  void unknownOrMissing_saysWhatToDo() {
    Choice choice = choose(Models.policy(), Routing.PINNED, "c", "a/unheard-of", "b");

    assertThat(choice.options())
        .contains(
            new Choice.Option("c", false, "provider c is not configured"),
            new Choice.Option(
                "a/unheard-of",
                false,
                "the catalogue does not know it: give it a price in a Model document or as A_PRICE"));
  }

  @Test
  void resting_isAskedLast() {
    health
        .begin(candidates.named("a/one").orElseThrow())
        .failed(ErrorCode.PROVIDER_LIMITED, Optional.of(Duration.ofSeconds(20)));

    Choice choice = choose(Models.policy(), Routing.PINNED, "a", "b");

    assertThat(choice.order()).containsExactly("b/three", "a/one");
    assertThat(choice.options().getLast().reason())
        .isEqualTo("listed as number 1; rests for PT20S");
  }

  @Test
  void refusedKey_restsTheWholeProvider() {
    health
        .begin(candidates.named("a/one").orElseThrow())
        .failed(ErrorCode.PROVIDER_KEY, Optional.empty());

    assertThat(choose(Models.policy(), Routing.PINNED, "a", "a/two", "b").order())
        .containsExactly("b/three", "a/one", "a/two");
  }

  @Test
  void pictures_countInThePrompt() {
    Message pictures =
        new Message.User(
            "look", List.of(new Image("image/png", "AAAA"), new Image("image/png", "AAAA")));

    assertThat(PromptSize.tokens("", List.of(pictures), List.of())).isBetween(3_200L, 3_300L);
  }

  private void answered(String name, Duration took) {
    health.begin(candidates.named(name).orElseThrow()).answered(took);
  }

  private Choice choose(Policies policy, Routing routing, String... models) {
    return chooser(policy).choose(Models.task(routing, models));
  }

  private Chooser chooser(Policies policy) {
    return new Chooser(candidates, health, policy, clock);
  }
}
