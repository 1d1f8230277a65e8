package io.agentos.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.server.cli.TestShell.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packs, agents and the doctor. */
final class DefinitionCommandsTest {
  private static final String AGENTS =
      """
      {"data": [
        {"id": "supabase.rls-auditor", "pack": "supabase", "type": "workflow", "zone": "green",
         "description": "Audits policies.", "available": true,
         "inputs": {"schema": {"type": "string", "required": true}, "depth": {"type": "integer"}}},
        {"id": "review.reviewer", "pack": "review", "kind": "llm", "zone": "green",
         "description": "Reviews.", "available": false, "reason": "no key for openai",
         "inputs": {}}]}
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
  void pack_list() {
    server.on(
        "GET /v1/packs?limit=100",
        "{\"data\": [{\"name\": \"supabase\", \"version\": \"1.0.0\", \"agents\": [\"rls-auditor\"],"
            + " \"enabled\": true, \"description\": \"For\\nSupabase.\"}]}");

    assertThat(shell.run("pack", "list"))
        .isEqualTo(
            new Result(
                0,
                """
                PACK      VERSION  AGENTS  ENABLED  DESCRIPTION
                supabase  1.0.0    1       yes      For Supabase.
                """,
                ""));
  }

  @Test
  void pack_validate() {
    assertThat(shell.run("pack", "validate", "packs/one", "packs/two"))
        .isEqualTo(new Result(0, "ok  one 1.0.0, 1 agent\nok  two 1.0.0, 1 agent\n", ""));
  }

  @Test
  void pack_rehash() {
    assertThat(shell.run("pack", "rehash", "packs/one"))
        .isEqualTo(new Result(0, "evals/one.yaml\n", ""));
  }

  @Test
  void agent_list() {
    server.on("GET /v1/agents?limit=100", AGENTS);

    assertThat(shell.run("agents", "list"))
        .isEqualTo(
            new Result(
                0,
                """
                AGENT                 TYPE      ZONE   INPUTS         READY  DESCRIPTION
                supabase.rls-auditor  workflow  green  schema* depth  yes    Audits policies.
                review.reviewer       llm       green                 no     Reviews.
                """,
                "review.reviewer is not ready: no key for openai\n"));
  }

  @Test
  void doctor_serverThatRuns() {
    server
        .on("GET /readyz", "{\"status\": \"ready\", \"postgres\": \"18.6\"}")
        .on("GET /v1/agents?limit=100", AGENTS);

    Result result = shell.with("OPENAI_API_KEY", "sk-1").run("doctor");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .startsWith("ok    java      %s at ".formatted(Runtime.version()))
        .contains("ok    memory    ", "ok    data      " + shell.data() + " can be made\n")
        .contains("ok    models    openai\n")
        .endsWith(
            """
            ok    server    runs at %s
            ok    postgres  18.6
            ok    packs     2 packs, 2 agents, 1 ready
            """
                .formatted(server.url()));
  }

  @Test
  void doctor_startsOneForTheOccasion() {
    server.on("GET /readyz", "{}").on("GET /v1/agents?limit=100", "{\"data\": []}");
    FakeStart start = new FakeStart(server);

    Result result = new TestShell(root).starts(start).run("doctor");

    assertThat(result.exitCode()).isZero();
    assertThat(start.log()).containsExactly("started 127.0.0.1:0", "closed");
    assertThat(result.out())
        .endsWith(
            """
            warn  models    no provider has a key
                            Set OPENAI_API_KEY, ANTHROPIC_API_KEY, GEMINI_API_KEY or DEEPSEEK_API_KEY; agents that need no model run without.
            ok    server    none runs; one could be started
            ok    postgres  answers
            warn  packs     0 packs, 0 agents, 0 ready
                            See 'agentos agent list' for why.
            """);
    assertThat(shell.data()).doesNotExist();
  }

  @Test
  void doctor_ofForeignPostgres() {
    FakeStart start = new FakeStart(server);
    TestShell foreign = new TestShell(root).starts(start);
    String address = server.url().getAuthority();

    Result there =
        foreign.with("AGENTOS_DATABASE_URL", "postgresql://" + address + "/a").run("doctor");
    server.close();
    Result gone = foreign.run("doctor");

    assertThat(there.exitCode()).isZero();
    assertThat(there.out())
        .endsWith(
            "ok    postgres  %s takes connections; 'agentos up' signs in to it\n"
                .formatted(address));
    assertThat(gone.exitCode()).isEqualTo(3);
    assertThat(gone.out())
        .endsWith(
            """
            fail  postgres  %s does not answer (ConnectException)
                            Start it, or correct database.url (AGENTOS_DATABASE_URL).
            """
                .formatted(address));
    assertThat(start.log()).isEmpty();
  }

  @Test
  void doctor_whereNoServerStarts() {
    Result result = new TestShell(root).run("doctor", "-o", "json");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.out().replaceAll("\\s+", " "))
        .contains(
            "{ \"name\" : \"server\", \"state\" : \"FAIL\", \"found\" : \"No server can be started"
                + " here.\", \"remedy\" : \"Mend this and run 'agentos doctor' again.\" }");
  }
}
