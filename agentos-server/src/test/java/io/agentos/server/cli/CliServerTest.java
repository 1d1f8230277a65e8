package io.agentos.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.server.cli.TestShell.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the command line finds its server, and tells what it says. */
final class CliServerTest {
  @TempDir private Path root;
  private TestShell shell;

  @BeforeEach
  void shell() {
    shell = new TestShell(root);
  }

  @Test
  void server_none() {
    assertThat(shell.run("tasks", "list"))
        .isEqualTo(
            new Result(
                5,
                "",
                """
                agentos: No AgentOS server runs for %s.
                  Start one with 'agentos up', or set AGENTOS_URL to one that runs.
                """
                    .formatted(shell.data())));
  }

  @Test
  void server_unreachable() {
    FakeServer server = new FakeServer();
    server.close();

    assertThat(shell.on(server).run("tasks", "list"))
        .isEqualTo(
            new Result(
                5,
                "",
                "agentos: The server at %s does not answer (ConnectException).\n"
                    .formatted(server.url())));
  }

  @Test
  void server_ofDataDirectory() throws Exception {
    try (FakeServer server = new FakeServer()) {
      server.on("GET /v1/tasks?limit=20", "{\"data\": []}");
      shell.running(server.url(), "aos_admin");

      assertThat(shell.run("tasks", "list")).isEqualTo(new Result(0, "", "none\n"));
      assertThat(server.received().getFirst().headers())
          .containsEntry("Authorization", "Bearer aos_admin");
    }
  }

  @Test
  void server_ofDataDirectoryGone() throws Exception {
    FakeServer server = new FakeServer();
    shell.running(server.url(), "aos_admin");
    server.close();

    assertThat(shell.run("tasks", "list").exitCode()).isEqualTo(5);

    Files.writeString(shell.data().resolve("server.json"), "{\"url\": \"http://[\"}");
    assertThat(shell.run("tasks", "list").exitCode()).isEqualTo(5);
  }

  @Test
  void url_wrong() {
    assertThat(shell.with("AGENTOS_URL", "localhost:7070").run("tasks", "list"))
        .isEqualTo(
            new Result(
                2,
                "",
                "agentos: AGENTOS_URL is 'localhost:7070'; allowed is a URL such as"
                    + " http://127.0.0.1:7070.\n"));
  }

  @Test
  void problem_told() {
    try (FakeServer server = new FakeServer()) {
      server
          .on("GET /v1/tasks/a", 401, "{\"code\": \"UNAUTHENTICATED\", \"detail\": \"No key.\"}")
          .on(
              "GET /v1/tasks/b",
              403,
              "{\"code\": \"FORBIDDEN\", \"detail\": \"The role viewer may not.\","
                  + " \"request_id\": \"req_1\"}")
          .on("GET /v1/tasks/c", 502, "<html>")
          .on(
              "GET /v1/tasks/d",
              422,
              "{\"code\": \"INVALID_REQUEST\", \"detail\": \"Two fields are wrong.\", \"errors\":"
                  + " [{\"path\": \"a.b\", \"message\": \"is unknown\"}]}");
      shell.on(server);

      assertThat(shell.run("tasks", "show", "a"))
          .isEqualTo(
              new Result(
                  4,
                  "",
                  """
                  agentos: UNAUTHENTICATED: No key.
                    Set AGENTOS_API_KEY to a key of this server.
                  """));
      assertThat(shell.run("tasks", "show", "b"))
          .isEqualTo(
              new Result(4, "", "agentos: FORBIDDEN: The role viewer may not.\n  request req_1\n"));
      assertThat(shell.run("tasks", "show", "c"))
          .isEqualTo(
              new Result(
                  1,
                  "",
                  "agentos: The server answered with status 502 and no reason; is it AgentOS?\n"));
      assertThat(shell.run("tasks", "show", "d"))
          .isEqualTo(
              new Result(
                  1, "", "agentos: INVALID_REQUEST: Two fields are wrong.\n  a.b: is unknown\n"));
    }
  }
}
