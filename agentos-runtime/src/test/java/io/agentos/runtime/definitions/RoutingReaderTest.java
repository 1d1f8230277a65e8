package io.agentos.runtime.definitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import io.agentos.api.Effort;
import io.agentos.runtime.definitions.Routing.Strategy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RoutingReaderTest {
  @TempDir private Path root;

  @Test
  void load_routingAndGeneration() {
    LlmAgent agent =
        load(
            "routing: {strategy: weighted, weights: {openai: 3, anthropic/claude-sonnet-4-5: 1}}\n"
                + "  effort: low\n  temperature: 0.5\n  promptCache: false\n  responseCache: PT1H");

    assertThat(agent.routing())
        .isEqualTo(
            new Routing(Strategy.WEIGHTED, Map.of("openai", 3, "anthropic/claude-sonnet-4-5", 1)));
    assertThat(agent.generation())
        .isEqualTo(new Generation(Effort.LOW, 0.5, false, Duration.ofHours(1)));
  }

  @Test
  void load_weightOfAStranger_isAProblem() {
    assertThatThrownBy(() -> load("routing: {strategy: weighted, weights: {opnai: 3}}"))
        .isInstanceOf(AgentOsException.class)
        .hasMessageContaining(
            "unknown candidate 'opnai'; allowed: openai, anthropic/claude-sonnet-4-5; nearest: 'openai'");
  }

  @Test
  void load_weightsThatAreMissingOrUseless_areProblems() {
    assertThatThrownBy(() -> load("routing: {strategy: weighted}"))
        .hasMessageContaining(
            "spec.routing.weights: missing; allowed: a share above 0 for at least one candidate");
    assertThatThrownBy(() -> load("routing: {strategy: best, weights: {openai: 1}}"))
        .hasMessageContaining(
            "spec.routing.weights: found with strategy best; allowed: with weighted");
  }

  @Test
  void load_unknownStrategy_namesTheAllowed() {
    assertThatThrownBy(() -> load("routing: {strategy: cheap}"))
        .hasMessageContaining("spec.routing.strategy")
        .hasMessageContaining("pinned, cheapest, fastest, best, weighted");
  }

  @Test
  void load_responseCacheBeyondItsBound_isAProblem() {
    assertThatThrownBy(() -> load("responseCache: P60D"))
        .hasMessageContaining("spec.responseCache: found 'P60D'; allowed: PT1S to PT720H");
  }

  private LlmAgent load(String lines) {
    PackFolder folder =
        PackFolder.shop(root)
            .write("shop/agents/stock.yaml", PackFolder.LLM.stripTrailing() + "\n  " + lines + "\n")
            .write("shop/prompts/stock.md", "You know the stock.");
    return (LlmAgent) PackLoader.loadPack(folder.pack()).agents().getFirst().body();
  }
}
