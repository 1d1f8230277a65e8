package io.agentos.adapters.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.api.Completion.StopReason;
import io.agentos.api.ErrorCode;
import io.agentos.api.Tokens;
import io.agentos.api.ToolCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecordingFilesTest {
  private static final String HEAD =
      """
      apiVersion: agentos.io/v1
      kind: Recording
      metadata: {name: review, description: Two turns}
      """;

  @TempDir private Path folder;

  @Test
  void read_everyField_isTaken() throws IOException {
    Recording recording =
        RecordingFiles.read(
            file(
                "review.yaml",
                HEAD
                    + """
                    spec:
                      systemSha256: %s
                      turns:
                        - text: I will look.
                          toolCalls:
                            - {tool: files.list, arguments: {path: src, depth: 2, deep: null}}
                            - {id: mine, tool: files.read}
                          usage: {inputTokens: 12, outputTokens: 3, cachedTokens: 4}
                        - text: |
                            ## Summary
                          stopReason: length
                    """
                        .formatted(Recording.digest("x"))));

    assertThat(recording.name()).isEqualTo("review");
    assertThat(recording.systemDigest()).isEqualTo(Recording.digest("x"));
    Completion first = recording.turns().getFirst();
    assertThat(first.message().text()).isEqualTo("I will look.");
    assertThat(first.stopReason()).isEqualTo(StopReason.TOOL_CALLS);
    assertThat(first.tokens()).isEqualTo(new Tokens(12, 4, 0, 0, 3, 0));
    assertThat(first.message().toolCalls())
        .extracting(ToolCall::id, ToolCall::tool)
        .containsExactly(tuple("call_1_1", "files.list"), tuple("mine", "files.read"));
    assertThat(first.message().toolCalls().getFirst().arguments())
        .containsEntry("path", "src")
        .containsEntry("depth", 2L)
        .containsEntry("deep", null);
    Completion second = recording.turns().get(1);
    assertThat(second.message().text()).isEqualTo("## Summary\n");
    assertThat(second.stopReason()).isEqualTo(StopReason.LENGTH);
    assertThat(second.tokens()).isEqualTo(new Tokens(0, 0, 0, 0, 0, 0));
  }

  @Test
  void read_json_isYamlToo() throws IOException {
    String json =
        """
        {"apiVersion": "agentos.io/v1", "kind": "Recording", "metadata": {"name": "plain"},
         "spec": {"turns": [{"text": "done"}]}}
        """;

    Recording recording = RecordingFiles.read(file("plain.json", json));

    assertThat(recording.turns().getFirst().message().text()).isEqualTo("done");
    assertThat(recording.turns().getFirst().stopReason()).isEqualTo(StopReason.END);
    assertThat(recording.systemDigest()).isEmpty();
  }

  @Test
  void readFolder_mixed_takesRecordingsInOrderOfName() throws IOException {
    file("b.yml", HEAD.replace("review", "two") + "spec: {turns: [{text: b}]}");
    file("a.yaml", HEAD.replace("review", "one") + "spec: {turns: [{text: a}]}");
    file("notes.md", "not a recording");

    assertThat(RecordingFiles.readFolder(folder))
        .extracting(Recording::name)
        .containsExactly("one", "two");
  }

  @Test
  void readFolder_noSuchFolder_isEmpty() {
    assertThat(RecordingFiles.readFolder(folder.resolve("none"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "spec: {turns: []} | Recording review has 0 turns; allowed are 1 to 1000.",
        "spec: {turns: [{}]} | Recording file x.yaml: turn 1 must have text or toolCalls.",
        "spec: {turns: [{text: a}, {toolCalls: [{id: b}]}]}"
            + " | Recording file x.yaml: turn 2: a tool call must name its tool.",
        "spec: {systemSha256: abc, turns: [{text: a}]}"
            + " | Recording review: systemSha256 must be 64 of 0-9 and a-f.",
        "spec: null | Recording file x.yaml: must have apiVersion: agentos.io/v1, kind: Recording,"
            + " metadata.name and spec."
      })
  void read_wrongContent_saysWhatIsWrong(String spec, String message) throws IOException {
    Path file = file("x.yaml", HEAD + spec);

    assertThatThrownBy(() -> RecordingFiles.read(file))
        .isInstanceOf(AgentOsException.class)
        .hasFieldOrPropertyWithValue("code", ErrorCode.INVALID_DEFINITION)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "spec: {turns: [{text: a, text: b}]} | Duplicate Object property \"text\"",
        "spec: {turns: [{text: a, usage: {inputTokens: -1}}]} | tokens are never negative",
        "spec: {turns: [{text: a, stopReason: tired}]} | not one of the values accepted",
        "spec: {turns: 7} | from Integer value",
        "spec: {turns: [{text: \"a}] | found unexpected end of stream"
      })
  void read_notTheShape_saysWhere(String spec, String message) throws IOException {
    Path file = file("x.yaml", HEAD + spec);

    assertThatThrownBy(() -> RecordingFiles.read(file))
        .isInstanceOf(AgentOsException.class)
        .hasFieldOrPropertyWithValue("code", ErrorCode.INVALID_DEFINITION)
        .hasMessageStartingWith("Recording file x.yaml: line ")
        .hasMessageContaining(message);
  }

  @Test
  void read_unknownField_saysWhere() throws IOException {
    Path file =
        file("x.yaml", HEAD + "spec: {turns: [{text: a}, {toolCalls: [{tool: a.b}, {tol: c}]}]}");

    assertThatThrownBy(() -> RecordingFiles.read(file))
        .hasMessage(
            "Recording file x.yaml: spec.turns[1].toolCalls[1].tol: Unrecognized property \"tol\"");
  }

  @Test
  void read_tooDeep_isRefused() throws IOException {
    Path file = file("deep.yaml", HEAD + "spec: " + "[".repeat(100_000));

    assertThatThrownBy(() -> RecordingFiles.read(file))
        .hasFieldOrPropertyWithValue("code", ErrorCode.INVALID_DEFINITION);
  }

  @Test
  void read_tooDeepInArguments_isRefused() throws IOException {
    String deep = "[".repeat(60) + "]".repeat(60);
    Path file =
        file(
            "deep.yaml",
            HEAD + "spec: {turns: [{toolCalls: [{tool: a.b, arguments: {x: " + deep + "}}]}]}");

    assertThatThrownBy(() -> RecordingFiles.read(file))
        .hasFieldOrPropertyWithValue("code", ErrorCode.INVALID_DEFINITION)
        .hasMessageContaining("nesting depth");
  }

  @Test
  void read_tooLarge_isRefused() throws IOException {
    Path file = file("large.yaml", "#".repeat(1024 * 1024 + 1));

    assertThatThrownBy(() -> RecordingFiles.read(file))
        .hasMessage("Recording file large.yaml: is larger than 1048576 bytes.");
  }

  @Test
  void read_notUtf8_isRefused() throws IOException {
    Path file = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', (byte) 0xE9});

    assertThatThrownBy(() -> RecordingFiles.read(file))
        .hasMessage("Recording file latin.yaml: cannot be read as UTF-8 text.");
  }

  @Test
  void new_badName_isRefused() {
    assertThatThrownBy(() -> new Recording("No Name", "", List.of()))
        .hasMessage(
            "A recording is named by 1 to 63 of a-z, 0-9 and '-', beginning with a letter.");
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
