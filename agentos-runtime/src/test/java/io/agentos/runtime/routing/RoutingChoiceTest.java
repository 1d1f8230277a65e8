package io.agentos.runtime.routing;

import static io.agentos.runtime.routing.Routing.agent;
import static io.agentos.runtime.routing.Routing.pack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.api.Limits;
import io.agentos.api.Request;
import io.agentos.api.TaskInput;
import io.agentos.runtime.definitions.PackDefinition;
import io.agentos.runtime.routing.Route.Considered;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What decides beside words: inputs, what things look like, who can work, the manager of a pack.
 */
final class RoutingChoiceTest {
  private static final Request.Target ANYBODY = new Request.Target(null, null, null);
  private static final PackDefinition SHOP =
      pack(
          "shop",
          agent("shop.first", List.of(), "parcel weight"),
          agent("shop.second", List.of(), "parcel price"),
          agent("shop.manager", List.of(), "shop wishes"));

  @Test
  void onlyThePackIsClear_itsManagerTakesIt() {
    Analysis analysis = analyse("something with a parcel", SHOP);

    assertThat(analysis.agent()).isEqualTo(AgentId.parse("shop.manager"));
    assertThat(analysis.reason())
        .isEqualTo(
            "the pack shop is clear and between its agents first, second the task does not decide");
    assertThat(analysis.confidence()).isEqualTo(1);
  }

  @Test
  void twoPacksFitAlike_noManagerTakesIt() {
    PackDefinition mill = pack("mill", agent("mill.first", List.of(), "parcel weight"));

    Analysis analysis = analyse("weight of a parcel", SHOP, mill);

    assertThat(analysis.agent()).isNull();
    assertThat(analysis.reason())
        .isEqualTo(
            "2 agents fit the task alike: mill.first, shop.first. Name one of them as agent.");
  }

  @Test
  void agentThatCannotWork_givesWayToOneThatFits() {
    Availability withoutFirst =
        agent ->
            agent.id().agent().equals("first")
                ? Optional.of("needs a model, and no provider is configured")
                : Optional.empty();

    Analysis analysis =
        new TaskRouter(withoutFirst)
            .analyse(ANYBODY, new TaskInput.Text("weight and price of the parcel"), List.of(SHOP));

    assertThat(analysis.agent()).isEqualTo(AgentId.parse("shop.second"));
    assertThat(analysis.considered())
        .filteredOn(one -> one.agent().agent().equals("first"))
        .extracting(Considered::passedOver)
        .containsExactly("needs a model, and no provider is configured");
  }

  @Test
  void onlyAgentThatFitsCannotWork_isChosenAllTheSame() {
    Analysis analysis =
        new TaskRouter(_ -> Optional.of("rests"))
            .analyse(ANYBODY, new TaskInput.Text("weight of a parcel"), List.of(SHOP));

    assertThat(analysis.agent()).isEqualTo(AgentId.parse("shop.first"));
    assertThat(analysis.considered().getFirst().passedOver()).isEqualTo("rests");
  }

  @Test
  void agentThatDoesNotTakeTheInput_isPassedOver() {
    Analysis analysis =
        new TaskRouter()
            .analyse(
                ANYBODY,
                new TaskInput.Fields(Map.of("text", "weight of a parcel", "colour", "red")),
                List.of(SHOP));

    assertThat(analysis.considered().getFirst().passedOver()).isEqualTo("takes no input colour");
  }

  @Test
  void inputThatIsMissing_isToldByTheRealPacks() {
    TaskInput input = new TaskInput.Text("check the migration for table locks");

    Analysis analysis = new TaskRouter().analyse(ANYBODY, input, LabelledRequests.PACKS);

    assertThat(analysis.agent()).isEqualTo(AgentId.parse("supabase.migration-check"));
    assertThat(analysis.missing()).containsExactly("migration");
    assertThatThrownBy(() ->
            new TaskRouter()
                .route(Routing.request(ANYBODY, input), Limits.DEFAULT, LabelledRequests.PACKS))
        .isInstanceOf(AgentOsException.class)
        .hasMessageStartingWith(
            "The input does not fit agent supabase.migration-check: input.migration is required");
  }

  @Test
  void inputAlone_withoutAWord_findsTheAgent() {
    Analysis analysis =
        new TaskRouter()
            .analyse(
                ANYBODY,
                new TaskInput.Fields(Map.of("migration", "alter table t add column c int;")),
                LabelledRequests.PACKS);

    assertThat(analysis.agent()).isEqualTo(AgentId.parse("supabase.migration-check"));
    assertThat(analysis.considered().getFirst().reasons())
        .contains("input 'migration'", "given 'sql-migration'");
  }

  @Test
  void slipOfOneLetter_isMended() {
    assertThat(analyse("the wieght of a parcle", SHOP).agent())
        .isEqualTo(AgentId.parse("shop.first"));
  }

  private static Analysis analyse(String text, PackDefinition... packs) {
    return new TaskRouter().analyse(ANYBODY, new TaskInput.Text(text), List.of(packs));
  }
}
