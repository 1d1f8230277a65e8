package io.agentos.runtime.routing;

import static io.agentos.runtime.routing.Routing.AUDITOR;
import static io.agentos.runtime.routing.Routing.MIGRATOR;
import static io.agentos.runtime.routing.Routing.PACKS;
import static io.agentos.runtime.routing.Routing.REVIEWER;
import static io.agentos.runtime.routing.Routing.refusal;
import static io.agentos.runtime.routing.Routing.request;
import static io.agentos.runtime.routing.Routing.route;
import static io.agentos.runtime.routing.Routing.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.Limits;
import io.agentos.api.Request;
import io.agentos.api.TaskInput;
import io.agentos.runtime.definitions.PackDefinition;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.routing.Route.Considered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which agent a request goes to, and why. */
final class TaskRouterTest {
  @Test
  void route_byFullName() {
    Route route = route(target(null, "supabase.rls-auditor", null), "x");

    assertThat(route)
        .isEqualTo(
            new Route(
                AUDITOR,
                "1.0.0",
                "digest of supabase",
                AUDITOR.limits().applyTo(Limits.DEFAULT),
                "named by the caller",
                1,
                List.of(new Considered(AUDITOR.id(), 0, List.of(), null))));
  }

  @Test
  void route_byPackAndShortName_orShortNameThatIsUnique() {
    assertThat(route(target("supabase", "migrator", null), "x").agent()).isEqualTo(MIGRATOR);
    assertThat(route(target(null, "migrator", null), "x").agent()).isEqualTo(MIGRATOR);
    assertThat(route(target("supabase", "supabase.migrator", "review"), "x").agent())
        .isEqualTo(MIGRATOR);
  }

  @Test
  void route_byPackAndType() {
    Route route = route(target("supabase", null, "review"), "audit this code");

    assertThat(route.agent()).isEqualTo(MIGRATOR);
    assertThat(route.reason()).isEqualTo("the only agent of pack supabase that serves type review");
    assertThat(route.confidence()).isEqualTo(1);
  }

  @Test
  void route_byType() {
    Route route = route(target(null, null, "audit-rls"), "x");

    assertThat(route.agent()).isEqualTo(AUDITOR);
    assertThat(route.reason()).isEqualTo("the only agent that serves type audit-rls");
  }

  @Test
  void route_byPackWithOneAgent() {
    Route route = route(target("engineering", null, null), "x");

    assertThat(route.agent()).isEqualTo(REVIEWER);
    assertThat(route.reason()).isEqualTo("the only agent of pack engineering");
  }

  @Test
  void route_typeOfSeveralAgents_wordsDecide() {
    Route route = route(target(null, null, "review"), "Is this migration right?");

    assertThat(route.agent()).isEqualTo(MIGRATOR);
    assertThat(route.reason()).isEqualTo("word 'migration'");
    assertThat(refusal(target(null, null, "review"), "Is this right?"))
        .isEqualTo(
            "2 agents fit the task alike: engineering.reviewer, supabase.migrator. Name one of them"
                + " as agent.");
  }

  @Test
  void route_byWords_tellsWhatSpokeForEach() {
    Route route = route(target(null, null, null), "Please AUDIT the row level security of it.");

    assertThat(route.agent()).isEqualTo(AUDITOR);
    assertThat(route.reason()).startsWith("words 'row-level security'");
    assertThat(route.confidence()).isBetween(0.8, 1.0);
    assertThat(route.considered())
        .extracting(Considered::agent)
        .startsWith(AUDITOR.id(), REVIEWER.id());
    assertThat(route.considered().get(1).reasons()).containsExactly("word 'audit'");
  }

  @Test
  void route_orderOfPacks_meansNothing() {
    List<PackDefinition> reversed = new ArrayList<>(PACKS);
    Collections.reverse(reversed);
    Request request =
        request(
            target(null, null, null),
            new TaskInput.Text("audit rls security, row-level security, schema"));

    assertThat(new TaskRouter().route(request, Limits.DEFAULT, reversed))
        .isEqualTo(new TaskRouter().route(request, Limits.DEFAULT, PACKS));
  }

  @Test
  void route_fieldsWithText_areReadForKeywords() {
    Request request =
        request(
            target(null, null, null),
            new TaskInput.Fields(Map.of("text", "rls", "schema", "code code")));

    assertThat(new TaskRouter().route(request, Limits.DEFAULT, PACKS).agent()).isEqualTo(AUDITOR);
  }

  @Test
  void route_longText_isReadAtItsBeginning() {
    String text = "x ".repeat(Reading.TEXT_LENGTH_MAX / 2);

    assertThat(route(target(null, null, null), "rls " + text).agent()).isEqualTo(AUDITOR);
    assertThat(refusal(target(null, null, null), text + "rls")).startsWith("Nothing in the task");
  }

  @Test
  void route_inputDoesNotFit() {
    Request request =
        request(
            target(null, "supabase.migrator", null), new TaskInput.Fields(Map.of("shema", "x")));

    assertThatThrownBy(() -> new TaskRouter().route(request, Limits.DEFAULT, PACKS))
        .isInstanceOfSatisfying(
            AgentOsException.class,
            error -> assertThat(error.code()).isEqualTo(ErrorCode.INVALID_INPUT))
        .hasMessage(
            "The input does not fit agent supabase.migrator: input.shema unknown input; allowed:"
                + " schema, text; nearest: 'schema'.");
  }

  @Test
  void route_limits_areTightenedByTheAgentAndWithin() {
    Limits allowed = new Limits(50, 100, 5, 8_192, Duration.ofHours(1), Duration.ofDays(1));
    Request request = request(target(null, "supabase.migrator", null), new TaskInput.Text("x"));

    Route route = new TaskRouter().route(request, allowed, PACKS);

    assertThat(route.limits()).isEqualTo(AUDITOR.limits().applyTo(allowed));
    assertThat(route.limits().turnsMax()).isEqualTo(7);
    Route tighter =
        route.within(new Limits(9, 1, 5, 8_192, Duration.ofHours(1), Duration.ofDays(1)));
    assertThat(tighter.limits().turnsMax()).isEqualTo(7);
    assertThat(tighter.limits().toolCallsMax()).isEqualTo(1);
    assertThat(tighter.agent()).isEqualTo(route.agent());
  }

  @Test
  void route_goesThroughJsonUnchanged() {
    Route route = route(target(null, null, null), "audit rls and row-level security of code");

    assertThat(Json.read(Json.write(route), Route.class)).isEqualTo(route);
  }
}
