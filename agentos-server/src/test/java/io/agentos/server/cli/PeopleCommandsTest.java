package io.agentos.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.server.cli.TestShell.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users, tenants, and keys with scopes. */
final class PeopleCommandsTest {
  @TempDir private Path root;
  private final FakeServer server = new FakeServer();
  private TestShell shell;

  @BeforeEach
  void shell() {
    shell = new TestShell(root).on(server);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void user_lifeCycle() {
    server
        .on("POST /v1/users", 201, "{\"id\": \"usr_1\"}")
        .on(
            "POST /v1/users/usr_1/sign-in-link",
            201,
            "{\"path\": \"/sign-in?token=aosl_1\", \"expires_at\": \"2026-11-23T10:00:00Z\"}")
        .on("PUT /v1/users/usr_1", 200, "{\"id\": \"usr_1\", \"role\": \"operator\"}")
        .on(
            "GET /v1/users?limit=20",
            "{\"data\": [{\"id\": \"usr_1\", \"email\": \"ann@example.com\", \"name\": \"Ann\","
                + " \"role\": \"operator\", \"created_at\": \"2026-11-22T10:00:00Z\","
                + " \"disabled_at\": null}]}")
        .on("DELETE /v1/users/usr_1", 204, "");

    assertThat(
            shell.run(
                "user",
                "create",
                "--email",
                "ann@example.com",
                "--name",
                "Ann",
                "--role",
                "approver"))
        .isEqualTo(
            new Result(
                0,
                "/sign-in?token=aosl_1\n",
                "usr_1 is approver; the link above works once, until 2026-11-23T10:00:00Z\n"));
    assertThat(server.body("POST /v1/users"))
        .isEqualTo("{\"email\":\"ann@example.com\",\"name\":\"Ann\",\"role\":\"approver\"}");
    assertThat(shell.run("user", "change", "usr_1", "--role", "operator", "--enable").out())
        .isEqualTo("usr_1 is operator\n");
    assertThat(server.body("PUT /v1/users/usr_1"))
        .isEqualTo("{\"role\":\"operator\",\"disabled\":false}");
    assertThat(shell.run("user", "list").out())
        .isEqualTo(
            """
            USER   E-MAIL           NAME  ROLE      CREATED               DISABLED
            usr_1  ann@example.com  Ann   operator  2026-11-22T10:00:00Z
            """);
    assertThat(shell.run("user", "password", "usr_1"))
        .isEqualTo(
            new Result(
                0, "/sign-in?token=aosl_1\n", "It works once, until 2026-11-23T10:00:00Z\n"));
    assertThat(shell.run("user", "disable", "usr_1").out()).isEqualTo("usr_1 disabled\n");
  }

  @Test
  void tenant_lifeCycle() {
    server
        .on(
            "POST /v1/tenants",
            201,
            "{\"id\": \"acme\", \"key\": \"key_1\", \"secret\": \"aos_1\"}")
        .on(
            "GET /v1/tenants?limit=20",
            "{\"data\": [{\"id\": \"acme\", \"created_at\": \"2026-11-22T10:00:00Z\","
                + " \"disabled_at\": null}]}")
        .on("DELETE /v1/tenants/acme", 204, "");

    assertThat(shell.run("tenant", "create", "acme"))
        .isEqualTo(new Result(0, "aos_1\n", "key_1 administers tenant acme\n"));
    assertThat(server.body("POST /v1/tenants")).isEqualTo("{\"id\":\"acme\"}");
    assertThat(shell.run("tenant", "list").out())
        .isEqualTo(
            """
            TENANT  CREATED               DISABLED
            acme    2026-11-22T10:00:00Z
            """);
    assertThat(shell.run("tenant", "disable", "acme").out()).isEqualTo("acme disabled\n");
  }

  @Test
  void key_withScopesOfAUser() {
    server.on("POST /v1/keys", 201, "{\"id\": \"key_2\", \"secret\": \"aos_new\"}");

    assertThat(
            shell
                .run(
                    "key",
                    "create",
                    "--name",
                    "ci",
                    "--role",
                    "developer",
                    "--user",
                    "usr_1",
                    "--scope",
                    "tasks:read",
                    "--scope",
                    "tasks:submit")
                .out())
        .isEqualTo("aos_new\n");
    assertThat(server.body("POST /v1/keys"))
        .isEqualTo(
            "{\"name\":\"ci\",\"role\":\"developer\",\"user\":\"usr_1\","
                + "\"scopes\":[\"tasks:read\",\"tasks:submit\"]}");
  }
}
