package io.agentos.runtime.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.AgentId;
import io.agentos.api.ErrorCode;
import io.agentos.api.ToolCall;
import io.agentos.runtime.json.CanonicalJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EvalLoaderTest {
  private static final String PROMPT = "You know the stock.";
  private static final String EVAL =
      """
      apiVersion: agentos.io/v1
      kind: Eval
      metadata: {name: stock, description: Knows the stock}
      spec:
        systemSha256: "%s"
        cases:
          - name: apples
            description: Counts the apples
            hard: gate
            task: {text: How many apples?, write: {notes/apples.txt: "12"}}
            turns:
              - toolCalls: [{tool: files.read, arguments: {path: notes/apples.txt}}]
              - text: Twelve.
            expect:
              state: completed
              calls: [{tool: files.read, outcome: failed}]
              output: {contains: [Twelve]}
      """;

  @TempDir private Path root;

  @Test
  void load_ofAWholeOne() {
    EvalDefinition eval = load(EVAL.formatted(CanonicalJson.sha256(PROMPT))).getFirst();

    assertThat(eval.agent()).isEqualTo(new AgentId("shop", "stock"));
    EvalDefinition.Case one = eval.cases().getFirst();
    assertThat(one.hard()).isEqualTo("gate");
    assertThat(one.literal()).isFalse();
    assertThat(one.task().write()).containsEntry("notes/apples.txt", "12");
    assertThat(one.turns()).hasSize(2);
    assertThat(one.turns().getFirst().message().toolCalls())
        .containsExactly(
            new ToolCall("call_1_1", "files.read", Map.of("path", "notes/apples.txt")));
    assertThat(one.expect().calls())
        .containsExactly(new EvalExpectation.Call("files.read", Map.of(), "failed"));
  }

  @Test
  void load_ofAnotherPrompt_saysWhatToDo() {
    String other = "0".repeat(64);

    assertThat(refused(EVAL.formatted(other)))
        .isEqualTo(
            "%1$s/shop/evals/stock.yaml:5:3: spec.systemSha256: found '%2$s', but the prompt of shop.stock has %3$s: read whether the turns are still what a model would answer to it, then run 'agentos pack rehash %1$s/shop'",
            root, other, CanonicalJson.sha256(PROMPT));
  }

  @Test
  void load_ofARecording_playsItAsItIs() {
    String digest = CanonicalJson.sha256(PROMPT);
    pack()
        .write(
            "shop/recordings/apples.yaml",
            """
            apiVersion: agentos.io/v1
            kind: Recording
            metadata: {name: apples}
            spec:
              systemSha256: "%s"
              turns: [{text: "Twelve ${of them}."}]
            """
                .formatted(digest));

    EvalDefinition.Case one =
        load(EVAL.formatted(digest)
                .replaceFirst(
                    "(?s)turns:.*?expect:", "recording: recordings/apples.yaml\n      expect:"))
            .getFirst()
            .cases()
            .getFirst();

    assertThat(one.literal()).isTrue();
    assertThat(one.turns().getFirst().message().text()).isEqualTo("Twelve ${of them}.");
  }

  @Test
  void load_tellsAllProblemsAtOnce() {
    String wrong =
        EVAL.formatted(CanonicalJson.sha256(PROMPT))
            .replace("name: stock", "name: store")
            .replace("task: {", "recording: recordings/none.yaml\n      task: {input: {lst: 1}, ");

    assertThat(refused(wrong))
        .isEqualTo(
            """
            %1$s/shop/evals/stock.yaml:3:12: metadata.name: found 'store'; allowed: 'stock', as the file is named
            %1$s/shop/evals/stock.yaml:11:22: spec.cases[0].task.input.lst: unknown input 'lst'; allowed: none is declared
            %1$s/shop/evals/stock.yaml:12:7: spec.cases[0].turns: found both; allowed: either turns or a recording
            %1$s/shop/evals/stock.yaml:10:7: spec.cases[0].recording: found 'recordings/none.yaml'; %1$s/shop/recordings/none.yaml does not exist\
            """
                .formatted(root));
  }

  @Test
  void load_ofNobody_isRefused() {
    pack().write("shop/evals/stok.yaml", EVAL).write("shop/evals/more.txt", "x");

    assertThat(refused(EVAL.formatted(CanonicalJson.sha256(PROMPT))))
        .isEqualTo(
            """
            %1$s/shop/evals/more.txt: found a file of another kind; allowed: evals/AGENT.yaml
            %1$s/shop/evals/stok.yaml: unknown agent 'stok'; allowed: stock; nearest: 'stock'\
            """
                .formatted(root));
  }

  @Test
  void rehash_writesTheDigestOfThePrompt() {
    pack().write("shop/evals/stock.yaml", EVAL.formatted("0".repeat(64)));
    Path folder = root.resolve("shop");
    PackDefinition pack = PackLoader.loadPack(folder);

    assertThat(EvalLoader.rehash(folder, pack)).containsExactly("evals/stock.yaml");
    assertThat(EvalLoader.load(folder, pack)).hasSize(1);
    assertThat(EvalLoader.rehash(folder, pack)).isEmpty();
  }

  private PackFolder pack() {
    return PackFolder.shop(root)
        .write("shop/agents/stock.yaml", PackFolder.LLM)
        .write("shop/prompts/stock.md", PROMPT);
  }

  private List<EvalDefinition> load(String eval) {
    pack().write("shop/evals/stock.yaml", eval);
    return EvalLoader.load(root.resolve("shop"), PackLoader.loadPack(root.resolve("shop")));
  }

  private String refused(String eval) {
    var error = Told.by(() -> load(eval));
    assertThat(error.code()).isEqualTo(ErrorCode.INVALID_DEFINITION);
    return error.detail();
  }
}
