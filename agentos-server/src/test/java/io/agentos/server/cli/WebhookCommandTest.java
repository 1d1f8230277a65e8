package io.agentos.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.server.cli.TestShell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WebhookCommandTest {
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
  void sources_create_printsTheSecretAlone() throws IOException {
    Path secret = Files.writeString(root.resolve("secret.txt"), "whsec_otters_of_stripe\n");
    server.on(
        "POST /v1/webhook-sources",
        201,
        "{\"id\": \"whs_1\", \"path\": \"/v1/hooks/whs_1\", \"secret\": \"whsec_x\"}");

    assertThat(
            shell.run(
                "webhook",
                "sources",
                "create",
                "--name",
                "pay",
                "--scheme",
                "stripe",
                "--secret-file",
                secret.toString(),
                "--agent",
                "shop.clerk",
                "--priority",
                "7",
                "--input",
                "{\"text\":\"${payload.type}\"}"))
        .isEqualTo(new Result(0, "whsec_x\n", "whs_1 takes deliveries at /v1/hooks/whs_1\n"));
    assertThat(server.body("POST /v1/webhook-sources"))
        .isEqualTo(
            "{\"name\":\"pay\",\"scheme\":\"stripe\",\"secret\":\"whsec_otters_of_stripe\","
                + "\"agent\":\"shop.clerk\",\"priority\":7,\"input\":{\"text\":\"${payload.type}\"}}");
    assertThat(
            shell.run(
                "webhook",
                "sources",
                "create",
                "--name",
                "a",
                "--scheme",
                "hmac",
                "--secret-file",
                root.resolve("none").toString()))
        .isEqualTo(
            new Result(
                2,
                "",
                "agentos: --secret-file: %s is no file of at most 1024 bytes that can be read.\n"
                    .formatted(root.resolve("none"))));
  }

  @Test
  void sources_listRotateDelete() {
    server
        .on(
            "GET /v1/webhook-sources?limit=20",
            """
            {"data": [{"id": "whs_1", "path": "/v1/hooks/whs_1", "name": "shop", "scheme": "hmac",
              "settings": {"agent": "shop.clerk", "type": null}, "secrets": 2,
              "created_at": "2026-11-22T10:00:00Z"}], "next_cursor": null}
            """)
        .on(
            "POST /v1/webhook-sources/whs_1/rotate",
            200,
            "{\"id\": \"whs_1\", \"overlap\": \"PT1H\", \"secret\": \"whsec_y\"}")
        .on("DELETE /v1/webhook-sources/whs_1", 204, "");

    assertThat(shell.run("webhook", "sources", "list").out())
        .isEqualTo(
            """
            SOURCE  NAME  SCHEME  FOR         SECRETS  CREATED               PATH
            whs_1   shop  hmac    shop.clerk  2        2026-11-22T10:00:00Z  /v1/hooks/whs_1
            """);
    assertThat(shell.run("webhook", "sources", "rotate", "whs_1", "--overlap", "PT1H"))
        .isEqualTo(new Result(0, "whsec_y\n", "whs_1: the former secret is valid for PT1H more\n"));
    assertThat(server.body("POST /v1/webhook-sources/whs_1/rotate"))
        .isEqualTo("{\"overlap\":\"PT1H\"}");
    assertThat(shell.run("webhook", "sources", "delete", "whs_1"))
        .isEqualTo(new Result(0, "whs_1 deleted\n", ""));
  }

  @Test
  void endpoints_lifeCycle() {
    server
        .on("POST /v1/webhook-endpoints", 201, "{\"id\": \"whe_1\", \"secret\": \"whsec_z\"}")
        .on(
            "GET /v1/webhook-endpoints?limit=20",
            """
            {"data": [{"id": "whe_1", "state": "disabled", "reason": "its receiver answered 410",
              "events": ["task.failed"], "url": "https://hooks.example.com/x", "secrets": 1,
              "created_at": "2026-11-22T10:00:00Z"}], "next_cursor": null}
            """)
        .on("POST /v1/webhook-endpoints/whe_1/test", 202, "{\"delivery\": \"whd_1\"}")
        .on("POST /v1/webhook-endpoints/whe_1/enable", 200, "{\"id\": \"whe_1\"}")
        .on("DELETE /v1/webhook-endpoints/whe_1", 204, "");

    assertThat(
            shell.run(
                "webhook",
                "endpoints",
                "create",
                "--url",
                "https://hooks.example.com/x",
                "--event",
                "task.failed",
                "--event",
                "task.denied"))
        .isEqualTo(new Result(0, "whsec_z\n", "whe_1 is told of [task.failed, task.denied]\n"));
    assertThat(server.body("POST /v1/webhook-endpoints"))
        .isEqualTo(
            "{\"url\":\"https://hooks.example.com/x\",\"events\":[\"task.failed\",\"task.denied\"]}");
    assertThat(shell.run("webhook", "endpoints", "list").out())
        .isEqualTo(
            """
            ENDPOINT  STATE     EVENTS       URL                          SECRETS  CREATED               WHY
            whe_1     disabled  task.failed  https://hooks.example.com/x  1        2026-11-22T10:00:00Z  its receiver answered 410
            """);
    assertThat(shell.run("webhook", "endpoints", "test", "whe_1").out()).isEqualTo("whd_1\n");
    assertThat(shell.run("webhook", "endpoints", "enable", "whe_1").out())
        .isEqualTo("whe_1 enabled\n");
    assertThat(shell.run("webhook", "endpoints", "delete", "whe_1").out())
        .isEqualTo("whe_1 deleted\n");
  }

  @Test
  void deliveries_listAndRedeliver() {
    server
        .on(
            "GET /v1/webhook-deliveries?state=dead&limit=20",
            """
            {"data": [{"id": "whd_1", "type": "task.failed", "state": "dead", "attempts": 11,
              "status": 500, "next_attempt_at": null, "error": "refused by the receiver"}],
             "next_cursor": null}
            """)
        .on("POST /v1/webhook-deliveries/whd_1/redeliver", 202, "{\"delivery\": \"whd_1\"}");

    assertThat(shell.run("webhook", "deliveries", "list", "--state", "dead").out())
        .isEqualTo(
            """
            DELIVERY  EVENT        STATE  TRIES  HTTP  NEXT  WHY
            whd_1     task.failed  dead   11     500         refused by the receiver
            """);
    assertThat(shell.run("webhook", "deliveries", "redeliver", "whd_1").out())
        .isEqualTo("whd_1 will be sent again\n");
  }
}
