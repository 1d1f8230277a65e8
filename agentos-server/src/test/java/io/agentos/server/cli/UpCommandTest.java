package io.agentos.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.server.cli.TestShell.Result;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UpCommandTest {
  @TempDir private Path root;
  private final FakeServer server = new FakeServer();
  private final FakeStart start = new FakeStart(server);
  private TestShell shell;

  @BeforeEach
  void shell() {
    shell = new TestShell(root).starts(start);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void up_newDataDirectory() {
    Result result = shell.run("up", "--host", "0.0.0.0", "--port", "8081");

    assertThat(result.exitCode()).isZero();
    assertThat(start.log()).containsExactly("started 0.0.0.0:8081", "awaited", "closed");
    assertThat(result.out().replaceAll("after .*\\.", "after TIME."))
        .isEqualTo(
            """
            AgentOS 1.2.3 is up after TIME.

              API      URL/v1
              sign in  http://127.0.0.1:1/sign-in?token=aosl_test (once, within 15 minutes)
              key      aos_own, kept in DATA/admin.key
              data     DATA

            Ctrl-C stops it.
            """
                .replace("URL", server.url().toString())
                .replace("DATA", shell.data().toString()));
  }

  @Test
  void up_withRecordings_saysThatNoModelIsAsked() {
    assertThat(shell.with("AGENTOS_MODELS_REPLAY", "tapes").run("up").out())
        .contains(
            """
              data     %s
              replays  %s; no model is asked

            Ctrl-C stops it.
            """
                .formatted(shell.data(), shell.work().resolve("tapes")));
  }

  @Test
  void up_knownDataDirectory() {
    shell.run("up");

    assertThat(shell.run("up").out())
        .contains("key      in %s/admin.key\n".formatted(shell.data()))
        .doesNotContain("aos_own");
  }

  @Test
  void up_whereOneRuns() throws IOException {
    shell.running(server.url(), "aos_admin");

    assertThat(shell.run("up"))
        .isEqualTo(
            new Result(
                3,
                "",
                """
                agentos: A server for %s already runs at %s.
                  Use that one, or choose another with --data.
                """
                    .formatted(shell.data(), server.url())));
    assertThat(start.log()).isEmpty();
  }

  @Test
  void up_wrongPort() {
    assertThat(shell.run("up", "--port", "http"))
        .isEqualTo(
            new Result(
                2,
                "",
                """
                agentos: The configuration is wrong:
                  --port: server.port is 'http'; allowed is a whole number from 0 to 65535.
                """));
  }

  @Test
  void up_demo() throws IOException {
    shell.write("agentos/packs/one/pack.yaml", "");
    shell.write("agentos/packs/one/demo.json", "[{\"input\": \"a\"}, {\"agent\": \"none\"}]");
    shell.write("mine/two/demo.json", "[{\"input\": \"b\"}]");
    server.on("POST /v1/tasks", 202, "{}").on("POST /v1/tasks", 422, "{\"code\": \"C\"}");
    server.on("POST /v1/tasks", 202, "{}");

    Result result =
        shell
            .with("AGENTOS_HOME", shell.work().resolve("agentos").toString())
            .with("AGENTOS_PACKS_FOLDERS", "mine")
            .run("up", "--demo");

    assertThat(result.err()).isEqualTo("agentos: C: \nSubmitted 2 demo tasks.\n");
    assertThat(server.received().stream().map(FakeServer.Received::body))
        .containsExactly("{\"input\":\"a\"}", "{\"agent\":\"none\"}", "{\"input\":\"b\"}");
  }
}
