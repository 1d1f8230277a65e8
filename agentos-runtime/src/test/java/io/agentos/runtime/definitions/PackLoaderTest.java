package io.agentos.runtime.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.AgentId;
import io.agentos.api.ErrorCode;
import io.agentos.api.Limits;
import io.agentos.api.Zone;
import io.agentos.runtime.definitions.InputDefinition.Format;
import io.agentos.runtime.definitions.StepDefinition.TemplateStep;
import io.agentos.runtime.definitions.StepDefinition.ToolStep;
import io.agentos.runtime.json.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PackLoaderTest {
  @TempDir Path root;

  @Test
  void load_workflowAgent() {
    PackDefinition pack = PackLoader.load(PackFolder.shop(root).path()).getFirst();

    assertThat(pack.name()).isEqualTo("shop");
    assertThat(pack.version()).isEqualTo("1.2.0");
    assertThat(pack.description()).isEqualTo("Looks after the shop");
    AgentDefinition agent = pack.agents().getFirst();
    assertThat(agent.id()).isEqualTo(new AgentId("shop", "stock"));
    assertThat(agent.zone()).isEqualTo(Zone.GREEN);
    assertThat(agent.taskTypes()).containsExactly("count-stock");
    assertThat(agent.keywords()).containsExactly("stock", "row-level security");
    assertThat(agent.exactlyOneOf()).containsExactly("list", "database");
    assertThat(agent.tools()).containsExactly("sql.query", "mail.send");
    assertThat(agent.limits())
        .isEqualTo(new AgentLimits(1, 5, null, null, Duration.ofMinutes(5), null));
    assertThat(agent.body())
        .isEqualTo(
            new WorkflowAgent(
                List.of(
                    new ToolStep(
                        "count",
                        "sql.query",
                        Map.of(
                            "list",
                            "${input.list}",
                            "database",
                            "${input.database}",
                            "top",
                            10,
                            "rate",
                            new BigDecimal("1.50"))),
                    new TemplateStep("note", "${steps.count.fields.total} goods")),
                new OutputTemplate("${steps.note.text}", "${steps.count.fields}")));
  }

  @Test
  void load_inputs_inTheOrderOfTheFile() {
    AgentDefinition agent =
        PackLoader.load(PackFolder.shop(root).path()).getFirst().agents().getFirst();

    assertThat(agent.inputs())
        .containsExactly(
            Map.entry(
                "list",
                new InputDefinition(
                    InputDefinition.Type.STRING, Format.FILE, false, "The list of goods")),
            Map.entry(
                "database",
                new InputDefinition(
                    InputDefinition.Type.STRING, Format.CONNECTION, false, "Where the goods are")),
            Map.entry(
                "limit",
                new InputDefinition(InputDefinition.Type.INTEGER, Format.TEXT, false, "How many")));
  }

  @Test
  void load_llmAgent() {
    PackFolder folder =
        PackFolder.shop(root)
            .write("shop/agents/stock.yaml", PackFolder.LLM)
            .write("shop/prompts/stock.md", "You know the stock.\n");

    AgentDefinition agent = PackLoader.loadPack(folder.pack()).agents().getFirst();

    assertThat(agent.zone()).isEqualTo(Zone.YELLOW);
    assertThat(agent.limits()).isEqualTo(AgentLimits.NONE);
    assertThat(agent.body())
        .isEqualTo(
            new LlmAgent(
                List.of("openai", "anthropic/claude-sonnet-4-5"),
                Routing.PINNED,
                Generation.DEFAULT,
                "You know the stock.\n",
                new OutputRules(List.of("Summary"), 4000)));
  }

  @Test
  void load_llmAgentWithoutOutput_hasNoRules() {
    PackFolder folder =
        PackFolder.shop(root)
            .write("shop/agents/stock.yaml", PackFolder.LLM.replaceAll("(?m)^  output.*\n", ""))
            .write("shop/prompts/stock.md", "You know the stock.");

    assertThat(PackLoader.loadPack(folder.pack()).agents().getFirst().body())
        .isInstanceOfSatisfying(
            LlmAgent.class, llm -> assertThat(llm.output()).isEqualTo(OutputRules.NONE));
  }

  @Test
  void load_workflowWithoutOutput_makesThatOfTheLastStep() {
    PackFolder folder = PackFolder.shop(root);
    folder.replace(
        "shop/agents/stock.yaml",
        "  output: {text: \"${steps.note.text}\", fields: \"${steps.count.fields}\"}\n",
        "");
    assertThat(workflow(folder).output()).isEqualTo(new OutputTemplate("${steps.note.text}", null));

    folder.replace(
        "shop/agents/stock.yaml",
        "    - name: note\n      template: \"${steps.count.fields.total} goods\"\n",
        "");
    assertThat(workflow(folder).output())
        .isEqualTo(new OutputTemplate("${steps.count.text}", "${steps.count.fields}"));
  }

  @Test
  void agents_goThroughJsonUnchanged() {
    PackFolder folder = PackFolder.shop(root.resolve("a"));
    PackFolder other =
        PackFolder.shop(root.resolve("b"))
            .write("shop/agents/stock.yaml", PackFolder.LLM)
            .write("shop/prompts/stock.md", "You know the stock.");

    for (PackDefinition pack :
        List.of(PackLoader.loadPack(folder.pack()), PackLoader.loadPack(other.pack()))) {
      assertThat(Json.read(Json.write(pack), PackDefinition.class)).isEqualTo(pack);
      AgentDefinition agent = pack.agents().getFirst();
      AgentDefinition again = Json.read(Json.write(agent), AgentDefinition.class);
      assertThat(again).isEqualTo(agent);
      assertThat(again.inputs().keySet()).containsExactlyElementsOf(agent.inputs().keySet());
    }
  }

  @Test
  void load_severalPacks_byName() {
    PackFolder.shop(root)
        .write("bank/pack.yaml", PackFolder.PACK.replace("shop", "bank"))
        .write("bank/agents/stock.yaml", PackFolder.WORKFLOW)
        .write(".git/config", "x")
        .write("README.md", "x");

    assertThat(PackLoader.load(root))
        .extracting(PackDefinition::name)
        .containsExactly("bank", "shop");
  }

  @Test
  void load_emptyFolder() {
    assertThat(PackLoader.load(root)).isEmpty();
  }

  @Test
  void load_noFolder() {
    assertThat(Told.by(() -> PackLoader.load(root.resolve("none"))))
        .hasMessage(root + "/none: not a folder that can be read");
  }

  @Test
  void load_fromZip() throws IOException {
    URI zip = URI.create("jar:" + root.resolve("packs.zip").toUri());
    try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      PackFolder.shop(files.getPath("/packs"));
    }
    PackDefinition expected = PackLoader.loadPack(PackFolder.shop(root.resolve("plain")).pack());

    try (FileSystem files = FileSystems.newFileSystem(zip, Map.of())) {
      assertThat(PackLoader.load(files.getPath("/packs"))).containsExactly(expected);
      assertThat(PackLoader.loadPack(files.getPath("/packs/shop/"))).isEqualTo(expected);
    }
  }

  @Test
  void digest_isThatOfAllFilesButHiddenOnes() throws IOException {
    PackFolder folder = PackFolder.shop(root);
    String digest = PackLoader.loadPack(folder.pack()).digest();
    assertThat(digest)
        .isEqualTo("e43b300fa8568d21e31abb7d6126ad7b097e274a07d7be0c605cf0670e31ffce");

    folder.write("shop/.DS_Store", "x").write("shop/.git/config", "x");
    assertThat(PackLoader.loadPack(folder.pack()).digest()).isEqualTo(digest);

    folder.write("shop/evals/one.txt", "x");
    String other = PackLoader.loadPack(folder.pack()).digest();
    assertThat(other).isNotEqualTo(digest);

    Files.move(folder.pack().resolve("evals/one.txt"), folder.pack().resolve("evals/two.txt"));
    assertThat(PackLoader.loadPack(folder.pack()).digest()).isNotIn(digest, other);
  }

  @Test
  void load_problemsOfAllFiles_toldAtOnce() {
    PackFolder folder =
        PackFolder.shop(root)
            .write(
                "bank/pack.yaml",
                PackFolder.PACK.replace("shop", "bank").replace("kind: Pack", "kind: pack"))
            .replace("shop/agents/stock.yaml", "zone: green", "zone: gren");

    assertThat(Told.by(() -> PackLoader.load(folder.path())))
        .hasMessage(
            """
            %1$s/bank/pack.yaml:2:1: kind: found 'pack'; allowed: Pack; nearest: 'Pack'
            %1$s/shop/agents/stock.yaml:6:3: spec.zone: found 'gren'; allowed: green, yellow, red; nearest: 'green'\
            """
                .formatted(root))
        .extracting("code", "fieldErrors")
        .satisfies(values -> {
          assertThat(values.getFirst()).isEqualTo(ErrorCode.INVALID_DEFINITION);
          assertThat((List<?>) values.getLast()).hasSize(2);
        });
  }

  @Test
  void limits_ofAnAgentOnlyTighten() {
    AgentLimits limits = new AgentLimits(30, 5, null, null, Duration.ofMinutes(5), null);

    assertThat(limits.applyTo(Limits.DEFAULT))
        .isEqualTo(new Limits(20, 5, 5_000_000, 8_192, Duration.ofMinutes(5), Duration.ofDays(1)));
    assertThat(AgentLimits.NONE.applyTo(Limits.DEFAULT)).isEqualTo(Limits.DEFAULT);
    assertThat(limits.orElse(Limits.DEFAULT).turnsMax()).isEqualTo(30);
  }

  private static WorkflowAgent workflow(PackFolder folder) {
    AgentBody body = PackLoader.loadPack(folder.pack()).agents().getFirst().body();
    return switch (body) {
      case WorkflowAgent workflow -> workflow;
      case LlmAgent _ -> throw new AssertionError("a workflow agent was written");
    };
  }
}
