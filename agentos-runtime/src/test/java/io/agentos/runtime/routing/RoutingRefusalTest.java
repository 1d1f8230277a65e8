package io.agentos.runtime.routing;

import static io.agentos.runtime.routing.Routing.ENGINEERING;
import static io.agentos.runtime.routing.Routing.agent;
import static io.agentos.runtime.routing.Routing.pack;
import static io.agentos.runtime.routing.Routing.refusal;
import static io.agentos.runtime.routing.Routing.target;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.definitions.PackDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told, word for word, where no agent is found. */
final class RoutingRefusalTest {
  @Test
  void route_shortNameInSeveralPacks() {
    PackDefinition other = pack("other", agent("other.reviewer", List.of()));

    assertThat(refusal(target(null, "reviewer", null), "x", List.of(ENGINEERING, other)))
        .isEqualTo(
            "2 agents fit the task alike: engineering.reviewer, other.reviewer. Name one of them as"
                + " agent.");
  }

  @Test
  void route_unknownAgent() {
    assertThat(refusal(target(null, "supabase.rls-auditr", null), "x"))
        .isEqualTo(
            "There is no agent 'supabase.rls-auditr'. Nearest: supabase.rls-auditor. Agents:"
                + " engineering.reviewer, supabase.migrator, supabase.rls-auditor.");
    assertThat(refusal(target("supabase", "zebra", null), "x"))
        .isEqualTo(
            "There is no agent 'supabase.zebra'. Agents: engineering.reviewer, supabase.migrator,"
                + " supabase.rls-auditor.");
    assertThat(refusal(target(null, "reviewr", null), "x"))
        .startsWith("There is no agent 'reviewr'. Nearest: reviewer. Agents: ");
  }

  @Test
  void route_agentOfAnotherPack() {
    assertThat(refusal(target("supabase", "engineering.reviewer", null), "x"))
        .isEqualTo(
            "Agent 'engineering.reviewer' is not of pack 'supabase'; name one of the two, or an"
                + " agent of that pack.");
  }

  @Test
  void route_agentThatDoesNotServeTheType() {
    assertThat(refusal(target(null, "supabase.rls-auditor", "review"), "x"))
        .isEqualTo("Agent supabase.rls-auditor does not serve type 'review'. Types: audit-rls.");
  }

  @Test
  void route_unknownPackOrType() {
    assertThat(refusal(target("supabse", null, null), "x"))
        .isEqualTo("There is no pack 'supabse'. Nearest: supabase. Packs: engineering, supabase.");
    assertThat(refusal(target(null, null, "audit-rsl"), "x"))
        .isEqualTo(
            "No agent serves type 'audit-rsl'. Nearest: audit-rls. Types: audit-rls, migrate, review.");
    assertThat(refusal(target("engineering", null, "migrate"), "x"))
        .isEqualTo("No agent of pack engineering serves type 'migrate'. Types: review.");
  }

  @Test
  void route_keywordsAreWholeWords() {
    assertThat(refusal(target(null, null, null), "rlsx recode"))
        .isEqualTo(
            "Nothing in the task says which agent it is for: no agent, pack or type is named, and too"
                + " little of its text and inputs speaks for any. Agents: engineering.reviewer,"
                + " supabase.migrator, supabase.rls-auditor.");
  }

  @Test
  void route_keywordOfSeveral_isNotGuessed() {
    PackDefinition one = pack("one", agent("one.first", List.of(), "audit"));
    PackDefinition other = pack("other", agent("other.second", List.of(), "audit"));

    assertThat(refusal(target(null, null, null), "an audit", List.of(one, other)))
        .isEqualTo(
            "2 agents fit the task alike: one.first, other.second. Name one of them as agent.");
  }

  @Test
  void route_tooLittleSpeaks_nearestAreTold() {
    assertThat(refusal(target(null, null, null), "some agents"))
        .contains("speaks for any. Nearest: engineering.reviewer, supabase.migrator,");
  }

  @Test
  void route_oneAgentInAll_isNotGuessedEither() {
    assertThat(refusal(target(null, null, null), "hello", List.of(ENGINEERING)))
        .startsWith("Nothing in the task says which agent it is for");
  }

  @Test
  void route_noPack() {
    assertThat(refusal(target(null, "a.b", null), "x", List.of()))
        .isEqualTo("There is no agent: no pack is enabled.");
  }

  @Test
  void refusal_manyAgents_areCounted() {
    AgentDefinition[] many = new AgentDefinition[25];
    for (int i = 0; i < many.length; i++) {
      many[i] = agent("big.agent-%02d".formatted(i), List.of());
    }

    assertThat(refusal(target(null, "zebra", null), "x", List.of(pack("big", many))))
        .endsWith("big.agent-18, big.agent-19 and 5 more.");
  }

  @Test
  void refusal_neverTellsTheText() {
    assertThat(refusal(target(null, null, null), "hunter2")).doesNotContain("hunter2");
  }
}
