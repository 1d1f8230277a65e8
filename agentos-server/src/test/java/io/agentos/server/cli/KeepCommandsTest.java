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

/** The commands of secrets, privacy, retention and holds. */
final class KeepCommandsTest {
  private static final String SECRET =
      """
      {"name": "crm-token", "description": "", "tools": [], "agents": [], "disabled": false, "version": 1,
       "versions": [], "changed_at": "2026-11-22T12:00:00Z"}
      """;

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
  void set_readsAPipe_andSaysWhatIsMissing() {
    server.on("POST /v1/secrets", SECRET);
    Result result = shell.typed("a value to keep\n").run("secret", "set", "crm-token");
    assertThat(result.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(result.out()).isEqualTo("secret:crm-token is set, version 1\n");
    assertThat(result.err()).contains("nobody may have it yet: agentos secret allow crm-token");
    assertThat(server.body("POST /v1/secrets"))
        .contains("\"value\":\"a value to keep\"")
        .contains("\"tools\":[]");
  }

  @Test
  void set_readsAVariableOrAFile_andNeverAnArgument() throws IOException {
    server.on("POST /v1/secrets", SECRET);
    Files.writeString(root.resolve("work").resolve("token"), "from a file\n");
    shell.with("TOKEN", "from a variable");
    shell.run("secret", "set", "crm-token", "--from", "file:token");
    assertThat(server.body("POST /v1/secrets")).contains("\"value\":\"from a file\"");
    shell.run("secret", "set", "crm-token", "--from", "env:TOKEN");
    assertThat(server.received().getLast().body()).contains("\"value\":\"from a variable\"");

    Result plain = shell.run("secret", "set", "crm-token", "--from", "the value itself");
    assertThat(plain.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(plain.err())
        .isEqualTo(
            "agentos: --from takes env:NAME or file:PATH. A value itself is not given on the command line, where others see it.\n");
    Result extra = shell.run("secret", "set", "crm-token", "the value itself");
    assertThat(extra.exitCode()).isEqualTo(ExitCode.USAGE);
    Result empty = shell.typed("").run("secret", "set", "crm-token");
    assertThat(empty.err()).isEqualTo("agentos: The value is empty; nothing was changed.\n");
  }

  @Test
  void list_showsWhoMayHaveThem() {
    server.on(
        "GET /v1/secrets?limit=50",
        """
        {"data": [{"name": "crm-token", "version": 3, "tools": ["crm.post/token"], "agents": ["sales.*"],
          "disabled": true, "changed_at": "2026-11-22T12:00:00Z", "versions": [
            {"version": 3, "last_used_at": null}, {"version": 2, "last_used_at": "2026-11-21T12:00:00Z"}]}],
         "next_cursor": null}
        """);
    assertThat(shell.run("secret", "list", "--limit", "50").out())
        .contains("crm-token  3", "crm.post/token", "sales.*", "disabled", "2026-11-21");
  }

  @Test
  void allow_addsToWhatIsThere() {
    server.on(
        "GET /v1/secrets/crm-token", SECRET.replace("\"tools\": []", "\"tools\": [\"a.b/c\"]"));
    server.on("PUT /v1/secrets/crm-token", SECRET);
    shell.run("secret", "allow", "crm-token", "--tool", "crm.post/token", "--agent", "sales.*");
    assertThat(server.body("PUT /v1/secrets/crm-token"))
        .contains("\"tools\":[\"a.b/c\",\"crm.post/token\"]", "\"agents\":[\"sales.*\"]");
  }

  @Test
  void retention_setsDaysAndKeepsTheOthers() {
    String rules =
        """
        {"kinds": [{"kind": "tasks", "keep": "P90D", "by_rule": true, "keep_min": "P1D"},
          {"kind": "model_calls", "keep": null, "by_rule": false, "keep_min": "P7D"}], "revision": 1}
        """;
    server.on("GET /v1/retention", rules);
    server.on("PUT /v1/retention", rules);
    Result set = shell.run("retention", "set", "model_calls=30");
    assertThat(server.body("PUT /v1/retention"))
        .contains("{\"rules\":{\"tasks\":\"P90D\",\"model_calls\":\"P30D\"}}");
    assertThat(set.out())
        .isEqualTo(
            """
            KIND         KEPT     BY       AT LEAST
            tasks        90 days  rule     1 days
            model_calls  forever  default  7 days
            """);
    assertThat(shell.run("retention", "set", "tasks").err())
        .isEqualTo(
            "agentos: A rule is KIND=DAYS, such as tasks=90, or KIND=forever; found 'tasks'.\n");
  }

  @Test
  void privacy_isShownReplacedAndTried() throws IOException {
    String shown =
        """
        {"version": 7, "rules": {"kinds": {"ip": "mask"}, "agents": {}, "patterns": {}, "words": ["heron"]},
         "kinds": [{"kind": "ip", "sensitivity": "C", "transform": "mask", "by_rule": true},
          {"kind": "card", "sensitivity": "A", "transform": "mask", "by_rule": false}]}
        """;
    server.on("GET /v1/privacy", shown);
    server.on("PUT /v1/privacy", shown);
    server.on(
        "POST /v1/privacy/test",
        "{\"text\": \"to <EMAIL_1>\", \"blocked\": null, \"counts\": {\"email\": 1}}");
    Path rules = root.resolve("work").resolve("rules.json");
    Files.writeString(rules, "{\"kinds\": {\"ip\": \"mask\"}}");

    assertThat(shell.run("privacy", "set", "rules.json").out())
        .isEqualTo(
            """
            version 7
            KIND  CLASS  TRANSFORM  BY
            ip    C      mask       rule
            card  A      mask       default
            0 agents with rules of their own, 0 patterns, 1 word
            """);
    assertThat(server.body("PUT /v1/privacy"))
        .isEqualTo("{\"rules\":{\"kinds\":{\"ip\":\"mask\"}},\"version\":7}");
    Result tried = shell.run("privacy", "test", "--agent", "nest.keeper", "to ada@nest.example");
    assertThat(tried.out()).isEqualTo("to <EMAIL_1>\n");
    assertThat(tried.err()).isEqualTo("email: 1\n");
    assertThat(server.body("POST /v1/privacy/test"))
        .isEqualTo("{\"text\":\"to ada@nest.example\",\"agent\":\"nest.keeper\"}");
    assertThat(shell.run("privacy", "show", "-o", "json").out()).contains("\"version\"");
    Files.writeString(rules, "[]");
    assertThat(shell.run("privacy", "set", "rules.json").err())
        .isEqualTo("agentos: rules.json is not a JSON object\n");
  }

  @Test
  void hold_isPlacedAndReleased() {
    server.on(
        "POST /v1/holds", "{\"id\": \"hld_1\", \"scope\": \"label\", \"target\": \"matter=1\"}");
    assertThat(
            shell
                .run("hold", "create", "--scope", "label", "--target", "matter=1", "--reason", "r")
                .out())
        .isEqualTo("hld_1 holds label matter=1\n");
    server.on("DELETE /v1/holds/hld_1?reason=settled", "{}");
    assertThat(shell.run("hold", "release", "hld_1", "--reason", "settled").out())
        .isEqualTo("hld_1 is released\n");
    assertThat(shell.run("hold", "release", "hld_1").exitCode()).isEqualTo(ExitCode.USAGE);
  }
}
