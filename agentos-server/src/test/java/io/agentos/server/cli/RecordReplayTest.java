package io.agentos.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.Completion.StopReason;
import io.agentos.api.Tokens;
import io.agentos.api.ToolCall;
import io.agentos.server.AgentOs;
import io.agentos.server.cli.TestShell.Result;
import io.agentos.server.config.Config;
import io.agentos.testkit.AnthropicDialect;
import io.agentos.testkit.FakeModelServer;
import io.agentos.testkit.FakeStep;
import io.agentos.testkit.FakeStory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What models answered, recorded and played again by servers that are as real as anywhere. */
final class RecordReplayTest {
  private static final String REVIEW =
      "# Summary\nFine.\n# Findings\nNone.\n# Checked\nAll.\n# Not checked\nNothing.\n";
  private static final List<String> PLANTED =
      List.of("AKIA" + "OWL7".repeat(4), "ann@shop.example", "4111 1111 1111 1111");

  @TempDir private Path root;

  @Test
  void recording_playedWithoutAnyProvider_givesTheSame_withRealTools() throws IOException {
    Path code = Files.createDirectories(root.resolve("work/code"));
    Files.writeString(code.resolve("Owl.java"), "final class Owl {}\n");
    Path file = root.resolve("work/owl.yaml");
    String[] task = {"--agent", "engineering.reviewer", "--input", "folder=" + code, "Review it."};

    Result recorded;
    try (FakeModelServer busy =
            FakeModelServer.start(new AnthropicDialect(), FakeStory.always(FakeStep.fails(529)));
        FakeModelServer model = FakeModelServer.start(story(code))) {
      recorded =
          shell()
              .with("ANTHROPIC_BASE_URL", busy.uri().toString())
              .with("OPENAI_BASE_URL", model.uri() + "/v1")
              .with("OPENAI_MODEL", "owl")
              .with("OPENAI_PRICE", "1/1/1")
              .run(run(task, "--record", "owl.yaml"));
      assertThat(model.calls()).hasSize(3);
    }

    assertThat(recorded.exitCode()).as(recorded.err()).isZero();
    assertThat(recorded.out()).isEqualTo(REVIEW);
    assertThat(recorded.err())
        .contains("✓ turn-1/model-2 ")
        .endsWith("recorded 3 turns in %s\n".formatted(file));
    assertThat(Files.readString(file))
        .contains("[redacted: a key]")
        .doesNotContain(PLANTED)
        .contains("systemSha256: ");

    Files.delete(code.resolve("Owl.java"));
    WatchedStart watched = new WatchedStart();
    Result played = shell().starts(watched).run(run(task, "--replay", "owl.yaml"));

    assertThat(played.exitCode()).as(played.err()).isZero();
    assertThat(played.out()).isEqualTo(REVIEW);
    assertThat(played.err())
        .contains("replayed from owl.yaml: no model was asked\ncompleted in ")
        .contains(", $0, 3 model calls, 2 tool calls");
    assertThat(watched.step("turn-1/model").text("result.provider")).isEqualTo("replay");
    assertThat(watched.step("turn-1/model").text("result.model")).isEqualTo("engineering-reviewer");
    assertThat(watched.called()).containsExactly("replay", "replay", "replay");
    // The tools are real: what was read then is no longer there.
    assertThat(watched.step("turn-2/call-1/tool").yes("result.failed")).isTrue();
    assertThat(watched.step("turn-1/call-1/tool").yes("result.failed")).isFalse();
  }

  @Test
  void brokenRecording_startsNothing() throws IOException {
    Path tape =
        shell()
            .write(
                "owl.yaml",
                """
                apiVersion: agentos.io/v1
                kind: Recording
                metadata: {name: owl}
                spec: {turns: [{text: Fine.}, {txt: Fine.}]}
                """);

    assertThat(shell().run("run", "--replay", "owl.yaml", "x"))
        .isEqualTo(
            new Result(
                2,
                "",
                "agentos: Recording file owl.yaml: spec.turns[1].txt: Unrecognized property \"txt\"\n"));
    Files.delete(tape);
    assertThat(shell().run("run", "--replay", "owl.yaml", "x").err())
        .isEqualTo(
            "agentos: models.replay is '%s'; there is no such file or folder.\n".formatted(tape));
    Files.createDirectories(tape);
    assertThat(shell().run("run", "--replay", "owl.yaml", "x").err())
        .isEqualTo(
            "agentos: models.replay is '%s'; the folder holds no recording.\n".formatted(tape));
  }

  /** Starts real servers, and asks the last one about its task before it closes. */
  private static final class WatchedStart implements ServerStarter {
    private List<Fields> steps = List.of();
    private List<String> called = List.of();

    Fields step(String name) {
      return steps.stream()
          .filter(step -> step.text("name").equals(name))
          .findFirst()
          .orElseThrow();
    }

    /** The providers of the model calls, as the events tell. */
    List<String> called() {
      return called;
    }

    @Override
    public RunningServer start(Config config) {
      RunningServer server = AgentOs.start(config);
      return new RunningServer() {
        @Override
        public Optional<URI> signInLink() {
          return Optional.of(URI.create("http://127.0.0.1:1/sign-in?token=aosl_test"));
        }

        @Override
        public URI url() {
          return server.url();
        }

        @Override
        public void awaitShutdown() throws InterruptedException {
          server.awaitShutdown();
        }

        @Override
        public void close() {
          ask(server.url(), config);
          server.close();
        }
      };
    }

    private void ask(URI url, Config config) {
      try {
        String key = Files.readString(config.data().adminKeyFile()).strip();
        ApiClient client = new ApiClient(url, key);
        String task = client.get("/v1/tasks?limit=1").list("data").getFirst().text("id");
        steps = client.get("/v1/tasks/" + task + "/steps?limit=100").list("data");
        List<String> told = new ArrayList<>();
        new TaskFollower(task)
            .follow(
                client,
                1,
                event -> {
                  if (event.type().equals("model.called")) {
                    told.add(event.data().text("provider"));
                  }
                });
        called = told;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private TestShell shell() {
    return new TestShell(root).starts(AgentOs::start);
  }

  private static String[] run(String[] task, String... options) {
    String[] arguments = new String[1 + options.length + task.length];
    arguments[0] = "run";
    System.arraycopy(options, 0, arguments, 1, options.length);
    System.arraycopy(task, 0, arguments, 1 + options.length, task.length);
    return arguments;
  }

  private static FakeStory story(Path code) {
    String folder = code.toString();
    return FakeStory.byTurn(
        List.of(
            new FakeStep.Reply(
                "I look for " + PLANTED.get(1),
                List.of(
                    new ToolCall(
                        "c1",
                        "files.search",
                        Map.of("folder", folder, "pattern", String.join(" or ", PLANTED)))),
                StopReason.TOOL_CALLS,
                Tokens.of(10, 5)),
            FakeStep.calls("c2", "files.read", Map.of("folder", folder, "path", "Owl.java")),
            FakeStep.says(REVIEW)));
  }
}
