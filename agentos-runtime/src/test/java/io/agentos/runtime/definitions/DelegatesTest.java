package io.agentos.runtime.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.AgentId;
import io.agentos.runtime.definitions.StepDefinition.AgentStep;
import io.agentos.runtime.definitions.StepDefinition.ForkStep;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents that ask others for parts of their work, as packs declare them. */
final class DelegatesTest {
  private static final String LINE =
      """
      apiVersion: agentos.io/v1
      kind: Agent
      metadata: {name: line, description: Has the stock counted twice}
      spec:
        type: workflow
        zone: green
        delegates: {agents: [stock, other.clerk], atOnceMax: 2}
        steps:
          - name: both
            fork:
              - {name: one, agent: stock, input: {limit: 3}}
              - {name: two, agent: other.clerk, input: {text: "${input.text}"}, optional: true}
          - name: last
            agent: stock
            input: {text: "${steps.one.text} ${steps.two.fields.total}"}
      """;

  private static final String CLERK =
      """
      apiVersion: agentos.io/v1
      kind: Agent
      metadata: {name: clerk, description: Greets}
      spec:
        type: workflow
        zone: green
        inputs:
          whom: {type: string, required: true, description: Whom to greet}
        steps:
          - {name: say, template: hello}
      """;

  @TempDir Path root;

  @Test
  void load_delegates_stepsAndForks() {
    AgentDefinition line = shop(LINE).getLast().agents().getLast();

    AgentId stock = new AgentId("shop", "stock");
    assertThat(line.delegates())
        .isEqualTo(new Delegates(List.of(stock, new AgentId("other", "clerk")), 2, 20));
    WorkflowAgent body = (WorkflowAgent) line.body();
    assertThat(body.steps())
        .containsExactly(
            new ForkStep(
                "both",
                List.of(
                    new AgentStep("one", stock, Map.of("limit", 3), false),
                    new AgentStep(
                        "two",
                        new AgentId("other", "clerk"),
                        Map.of("text", "${input.text}"),
                        true))),
            new AgentStep(
                "last",
                stock,
                Map.of("text", "${steps.one.text} ${steps.two.fields.total}"),
                false));
    assertThat(body.output())
        .isEqualTo(new OutputTemplate("${steps.last.text}", "${steps.last.fields}"));
  }

  @Test
  void load_namesThatLeadNowhere_areTold() {
    assertThat(
            problems(
                LINE.replace("agents: [stock, other.clerk]", "agents: [stock, other.clrk, line]")
                    .replace(
                        "- {name: two, agent: other.clerk", "- {name: one, agent: other.clerk")))
        .isEqualTo(
            """
            shop/agents/line.yaml:7:43: spec.delegates.agents[2]: found the agent itself; allowed: other agents
            shop/agents/line.yaml:12:23: spec.steps[0].fork[1].agent: unknown delegate 'other.clerk'; allowed: shop.stock, other.clrk; nearest: 'other.clrk'
            shop/agents/line.yaml:12:12: spec.steps[0].fork[1].name: found 'one' a second time; allowed: each name once
            shop/agents/line.yaml:15:7: spec.steps[1].input: found a reference to the unknown earlier step 'two'; allowed: both, one\
            """);
  }

  @Test
  void load_moreBranchesThanAtOnce_areTold() {
    assertThat(problems(LINE.replace("atOnceMax: 2", "atOnceMax: 1")))
        .isEqualTo(
            "shop/agents/line.yaml:10:7: spec.steps[0].fork: found 2 branches; allowed: 1, as spec.delegates.atOnceMax says");
  }

  @Test
  void load_agentsOfOtherPacks_mustBeThere_andTakeWhatTheyAreGiven() {
    assertThat(problems(LINE.replace("input: {limit: 3}", "input: {limt: 3}")))
        .isEqualTo(
            """
            shop/agents/line.yaml: step 'one': agent 'shop.stock' has no input 'limt'; nearest: 'limit'
            shop/agents/line.yaml: step 'two': agent 'other.clerk' needs the input 'whom'\
            """);
    assertThat(problems(LINE.replace("other.clerk", "other.clrk")))
        .isEqualTo(
            "shop/agents/line.yaml: spec.delegates.agents: there is no agent 'other.clrk'; nearest: 'other.clerk'");
  }

  @Test
  void packsOfOneName_areTold() {
    List<PackDefinition> packs = shop(LINE);

    assertThat(
            Told.by(() ->
                PackLoader.checkTogether(
                    List.of(packs.getFirst(), packs.getLast(), packs.getFirst()))))
        .hasMessageContaining(
            "packs: found two packs named 'other'; allowed: each name once, rename yours");
  }

  private String problems(String line) {
    return Told.by(() -> pack(line, true)).detail().replace(root + "/", "");
  }

  private List<PackDefinition> shop(String line) {
    return pack(line, false);
  }

  /** Both packs; with {@code strict}, the clerk needs an input. */
  private List<PackDefinition> pack(String line, boolean strict) {
    PackFolder.shop(root)
        .write("shop/pack.yaml", PackFolder.PACK.replace("[stock]", "[stock, line]"))
        .write(
            "shop/agents/stock.yaml",
            PackFolder.WORKFLOW.replace("exactlyOneOf: [list, database]\n  ", ""))
        .write("shop/agents/line.yaml", line)
        .write(
            "other/pack.yaml",
            PackFolder.PACK.replace("name: shop", "name: other").replace("[stock]", "[clerk]"))
        .write("other/agents/clerk.yaml", strict ? CLERK : CLERK.replace("required: true, ", ""));
    List<PackDefinition> packs = PackLoader.load(root);
    PackLoader.checkTogether(packs);
    return packs;
  }
}
