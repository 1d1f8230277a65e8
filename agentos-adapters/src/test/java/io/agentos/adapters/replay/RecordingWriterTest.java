package io.agentos.adapters.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.Completion;
import io.agentos.api.Completion.StopReason;
import io.agentos.api.Message;
import io.agentos.api.Tokens;
import io.agentos.api.ToolCall;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RecordingWriterTest {
  @TempDir private Path folder;

  @Test
  void yaml_everyField_isReadable() {
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    arguments.put("path", "src/Owl.java");
    arguments.put("depth", 2L);
    arguments.put("deep", null);
    Recording recording =
        new Recording(
            "review",
            Recording.digest("x"),
            List.of(
                answer(
                    "",
                    List.of(new ToolCall("c1", "files.read", arguments)),
                    StopReason.TOOL_CALLS,
                    new Tokens(12, 4, 0, 0, 3, 1)),
                answer("## Summary\nFine.\n", List.of(), StopReason.END, null)));

    assertThat(RecordingWriter.yaml(recording, "a.b, recorded on 2026-11-22"))
        .isEqualTo(
            """
            apiVersion: "agentos.io/v1"
            kind: "Recording"
            metadata:
              name: "review"
              description: "a.b, recorded on 2026-11-22"
            spec:
              systemSha256: "%s"
              turns:
              - toolCalls:
                - id: "c1"
                  tool: "files.read"
                  arguments:
                    path: "src/Owl.java"
                    depth: 2
                    deep: null
                stopReason: "tool_calls"
                usage:
                  inputTokens: 12
                  outputTokens: 3
                  cachedTokens: 4
                  reasoningTokens: 1
              - text: |
                  ## Summary
                  Fine.
                stopReason: "end"
            """
                .formatted(Recording.digest("x")));
  }

  @Test
  void yaml_numbersAndNests_comeBack() throws IOException {
    Recording recording =
        recording(
            answer(
                "",
                List.of(
                    new ToolCall(
                        "c1",
                        "a.b",
                        Map.of(
                            "whole",
                            9_007_199_254_740_993L,
                            "decimal",
                            new BigDecimal("0.10"),
                            "yes",
                            true,
                            "list",
                            List.of("1", List.of(), Map.of("no", "no"))))),
                StopReason.TOOL_CALLS,
                Tokens.of(1, 1)));

    assertThat(read(recording)).isEqualTo(recording);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\n",
        "no",
        "1e5",
        "2026-11-22",
        "# no comment\n#none",
        "  first line indented\nsecond",
        "trailing space \nsecond \n",
        "many ends\n\n\n",
        "\n\nbegins late",
        "tab\there\n\tand there",
        "windows\r\nlines\r\n",
        "old\rmac",
        "bell \u0007 and escape \u001b[1m\nsecond",
        "next \u0085 line \u2028 separator\nsecond",
        "\ufeffmark\nsecond",
        "owl \uD83E\uDD89\nsecond \uD83E\uDD89",
        "--- \n... \n%YAML 1.2",
        "key: value\n- item\n'quote' \"double\" \\back",
        "```json\n{\"a\": [1, 2]}\n```\n"
      })
  void yaml_anyText_comesBack(String text) throws IOException {
    Recording recording =
        recording(
            answer(
                text,
                List.of(new ToolCall("c1", "a.b", Map.of("text", text))),
                StopReason.TOOL_CALLS,
                Tokens.of(1, 1)));

    assertThat(read(recording)).isEqualTo(recording);
  }

  private Recording read(Recording recording) throws IOException {
    return RecordingFiles.read(
        Files.writeString(folder.resolve("a.yaml"), RecordingWriter.yaml(recording, "any")));
  }

  private static Recording recording(Completion... turns) {
    return new Recording("tape", "", List.of(turns));
  }

  private static Completion answer(
      String text, List<ToolCall> calls, StopReason stopReason, @Nullable Tokens tokens) {
    return new Completion(
        new Message.Assistant(text, calls), stopReason, tokens, ReplayProvider.ID, "tape", "");
  }
}
