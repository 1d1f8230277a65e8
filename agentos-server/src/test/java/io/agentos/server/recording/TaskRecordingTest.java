package io.agentos.server.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.agentos.adapters.replay.Recording;
import io.agentos.adapters.replay.RecordingFiles;
import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.api.Completion.StopReason;
import io.agentos.api.ErrorCode;
import io.agentos.api.Message;
import io.agentos.api.Part;
import io.agentos.api.Tokens;
import io.agentos.api.ToolCall;
import io.agentos.runtime.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

final class TaskRecordingTest {
  private static final Completion LOOK =
      new Completion(
          new Message.Assistant(
              List.of(
                  new Part.Thought("Where is ann@shop.example?", "seal"),
                  new Part.Text("I look."),
                  new Part.Call(
                      new ToolCall("c1", "files.search", Map.of("query", "ann@shop.example")),
                      "seal")),
              "openai"),
          StopReason.TOOL_CALLS,
          new Tokens(12, 4, 0, 0, 3, 1),
          "openai",
          "owl",
          "req-1");
  private static final Completion SAY =
      new Completion(
          new Message.Assistant("Fine.", List.of()), StopReason.END, null, "deepseek", "big", "");

  @TempDir private Path folder;

  @Test
  void of_fallbacksAndFailures_recordsWhatWasAnswered() {
    TaskRecording recorded =
        of(
                "shop.owl",
                step("turn-1/model", "failed", "null"),
                step("turn-1/model-2", "committed", Json.write(LOOK)),
                step("turn-2/model", "discarded", Json.write(SAY)),
                step("turn-2/model-3", "committed", Json.write(SAY)))
            .orElseThrow();

    assertThat(recorded.description())
        .isEqualTo("shop.owl, answered by deepseek/big, openai/owl, recorded on 2026-11-22");
    assertThat(recorded.recording())
        .isEqualTo(
            new Recording(
                "shop-owl",
                "a".repeat(64),
                List.of(
                    played(
                        "I look.",
                        List.of(
                            new ToolCall(
                                "c1",
                                "files.search",
                                Map.of("query", "[redacted: an e-mail address]"))),
                        StopReason.TOOL_CALLS,
                        new Tokens(12, 4, 0, 0, 3, 1)),
                    played("Fine.", List.of(), StopReason.END, null))));
  }

  @Test
  void of_noAnswer_isEmpty() {
    assertThat(of("shop.owl", step("turn-1/model", "failed", "null"))).isEmpty();
    assertThat(of("shop.owl")).isEmpty();
  }

  @Test
  void of_newerServer_readsWhatItKnows() {
    String newer = Json.write(SAY).replaceFirst("\\{", "{\"mood\": \"good\", ");

    assertThat(of("shop.owl", step("turn-1/model", "committed", newer))).isPresent();
  }

  @Test
  void of_whatIsNoAnswer_isRefusedWithItsStep() {
    assertThatThrownBy(
            () -> of("shop.owl", step("turn-1/model", "committed", "{\"stop_reason\": \"tired\"}")))
        .isInstanceOf(AgentOsException.class)
        .hasFieldOrPropertyWithValue("code", ErrorCode.INVALID_REQUEST)
        .hasMessage(
            "The server tells step turn-1/model in a way that this version cannot read: use the"
                + " version of the server.");
  }

  @Test
  void of_agentWithoutName_isNamedByItsFile() {
    JsonNode step = step("turn-1/model", "committed", Json.write(SAY));
    String agent = "a" + "b".repeat(40) + "." + "c".repeat(40);

    assertThat(of(agent, step).orElseThrow().recording().name()).isEqualTo("night-owl");
    assertThat(
            TaskRecording.of(agent, folder.resolve("7.yaml"), "2026-11-22", List.of(step))
                .orElseThrow()
                .recording()
                .name())
        .isEqualTo("recording");
  }

  @Test
  void isModelCall_byName() {
    assertThat(TaskRecording.isModelCall(step("turn-12/model-3", "failed", "null"))).isTrue();
    assertThat(TaskRecording.isModelCall(step("turn-1/model/choice", "committed", "{}"))).isFalse();
    assertThat(TaskRecording.isModelCall(step("turn-1/call-1/tool", "committed", "{}"))).isFalse();
  }

  @Test
  void write_isReadableByItsOwnerAlone_andFitsTheSchema() throws IOException {
    TaskRecording recorded =
        of("shop.owl", step("turn-1/model", "committed", Json.write(LOOK))).orElseThrow();
    Path file = folder.resolve("owl.yaml");

    recorded.write(file, false);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(RecordingFiles.read(file)).isEqualTo(recorded.recording());
    assertThat(schema().validate(new YAMLMapper().readTree(file))).isEmpty();
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void write_whereAFileIs_leavesOrReplacesIt() throws IOException {
    TaskRecording recorded =
        of("shop.owl", step("turn-1/model", "committed", Json.write(LOOK))).orElseThrow();
    Path file = Files.writeString(folder.resolve("owl.yaml"), "mine");

    assertThatThrownBy(() -> recorded.write(file, false))
        .hasFieldOrPropertyWithValue("code", ErrorCode.ENVIRONMENT)
        .hasMessage(
            "%s has come into being meanwhile and is left as it is; nothing was recorded.", file);
    assertThat(file).hasContent("mine");
    recorded.write(file, true);
    assertThat(RecordingFiles.read(file)).isEqualTo(recorded.recording());
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void write_whatCannotBePlayed_isNotWritten() {
    Completion long1 =
        new Completion(
            new Message.Assistant("a".repeat(1024 * 1024), List.of()),
            StopReason.END,
            null,
            "openai",
            "owl",
            "");
    TaskRecording recorded =
        of("shop.owl", step("turn-1/model", "committed", Json.write(long1))).orElseThrow();
    Path file = folder.resolve("owl.yaml");

    assertThatThrownBy(() -> recorded.write(file, false))
        .hasMessageStartingWith(
            "What the models answered cannot be played, so %s was not written. ".formatted(file))
        .hasMessageEndingWith("is larger than 1048576 bytes.");
    assertThat(folder).isEmptyDirectory();
  }

  private Optional<TaskRecording> of(String agent, JsonNode... steps) {
    return TaskRecording.of(
        agent, folder.resolve("Night-Owl.v1.yaml"), "2026-11-22", List.of(steps));
  }

  private static JsonNode step(String name, String state, String result) {
    return Json.readTree(
        "{\"name\": \"%s\", \"state\": \"%s\", \"about\": {\"system_sha256\": \"%s\"}, \"result\": %s}"
            .formatted(name, state, "a".repeat(64), result)
            .getBytes(StandardCharsets.UTF_8));
  }

  private static Completion played(
      String text, List<ToolCall> calls, StopReason stopReason, @Nullable Tokens tokens) {
    return new Completion(
        new Message.Assistant(text, calls), stopReason, tokens, "replay", "shop-owl", "");
  }

  private static Schema schema() throws IOException {
    try (InputStream published =
        TaskRecordingTest.class.getResourceAsStream("/schemas/recording.schema.json")) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(Json.readTree(Objects.requireNonNull(published).readAllBytes()));
    }
  }
}
