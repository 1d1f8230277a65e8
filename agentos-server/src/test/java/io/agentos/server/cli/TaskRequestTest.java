package io.agentos.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.server.cli.TestShell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TaskRequestTest {
  private static final String AGENTS =
      """
      {"data": [
        {"id": "supabase.rls-auditor", "pack": "supabase", "inputs": {
          "schema": {"type": "string", "format": "file"},
          "database": {"type": "string", "format": "connection"},
          "depth": {"type": "integer"}}},
        {"id": "review.reviewer", "pack": "review", "inputs": {
          "folder": {"type": "string", "format": "folder"},
          "schema": {"type": "string", "format": "text"}}},
        {"id": "merge.merger", "pack": "merge", "inputs": {
          "ours": {"type": "string", "format": "file"},
          "theirs": {"type": "string", "format": "file"}}}]}
      """;

  @TempDir private Path root;
  private final FakeServer server = new FakeServer();
  private TestShell shell;

  @BeforeEach
  void shell() throws IOException {
    shell = new TestShell(root).on(server);
    shell.write("schema.sql", "create table t();\n");
    server.on("GET /v1/agents?limit=100", AGENTS).on("POST /v1/tasks", 202, "{\"id\": \"task_1\"}");
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void input_declaredAsFile() {
    assertThat(sent("--agent", "supabase.rls-auditor", "--input", "schema=schema.sql"))
        .isEqualTo(
            "{\"input\":{\"schema\":\"create table t();\\n\"},\"agent\":\"supabase.rls-auditor\"}");
  }

  @Test
  void input_declaredAsFileThatIsNotHere() {
    assertThat(sent("--agent", "rls-auditor", "--input", "schema=/srv/schema.sql"))
        .isEqualTo("{\"input\":{\"schema\":\"/srv/schema.sql\"},\"agent\":\"rls-auditor\"}");
  }

  @Test
  void input_declaredDifferently() {
    assertThat(sent("--input", "schema=schema.sql"))
        .isEqualTo("{\"input\":{\"schema\":\"schema.sql\"}}");
    assertThat(sent("--pack", "supabase", "--input", "schema=schema.sql"))
        .isEqualTo("{\"input\":{\"schema\":\"create table t();\\n\"},\"pack\":\"supabase\"}");
  }

  @Test
  void input_declaredAsFolder() {
    assertThat(sent("--input", "folder=.", "look", "closely"))
        .isEqualTo(
            "{\"input\":{\"folder\":\"%s\",\"text\":\"look closely\"}}".formatted(shell.work()));
  }

  @Test
  void input_withTypeOrWithAt() {
    assertThat(sent("--input", "depth=3", "--input", "note=@schema.sql", "--input", "any=a=b"))
        .isEqualTo("{\"input\":{\"depth\":3,\"note\":\"create table t();\\n\",\"any\":\"a=b\"}}");
  }

  @Test
  void file_forTheOneFileInput() {
    assertThat(sent("--agent", "rls-auditor", "--file", "schema.sql", "audit"))
        .isEqualTo(
            "{\"input\":{\"schema\":\"create table t();\\n\",\"text\":\"audit\"},"
                + "\"agent\":\"rls-auditor\"}");
  }

  @Test
  void file_inPlaceOfText() {
    assertThat(sent("--agent", "merger", "--file", "schema.sql"))
        .isEqualTo("{\"input\":{\"text\":\"create table t();\\n\"},\"agent\":\"merger\"}");
    shell.typed("from stdin");
    assertThat(sent("--pack", "review", "--file", "-"))
        .isEqualTo("{\"input\":{\"text\":\"from stdin\"},\"pack\":\"review\"}");
  }

  @Test
  void input_refused() throws IOException {
    Files.write(shell.work().resolve("bytes"), new byte[] {(byte) 0xff});
    Files.write(shell.work().resolve("large"), new byte[6 * 1024 * 1024 + 1]);

    assertRefused("--input depth is 'x'; the agent takes JSON of type integer.", "depth=x");
    assertRefused("--input a: there is no file %s/none.".formatted(shell.work()), "a=@none");
    assertRefused("--input a: %s/bytes is no UTF-8 text.".formatted(shell.work()), "a=@bytes");
    assertRefused("--input a is larger than 6291456 bytes.", "a=@large");
    assertThat(shell.run("run", "--agent", "merger", "--file", "schema.sql", "merge"))
        .isEqualTo(
            new Result(
                2,
                "",
                """
                agentos: --file and a text are both given, and the agent declares no one input as a file;
                  say which input the file is for: --input NAME=@schema.sql
                """));
  }

  private void assertRefused(String message, String input) {
    assertThat(shell.run("run", "--input", input))
        .isEqualTo(new Result(2, "", "agentos: " + message + "\n"));
  }

  /** The body that a detached run sends. */
  private String sent(String... arguments) {
    List<String> all = new ArrayList<>(List.of("run", "--detach"));
    all.addAll(List.of(arguments));
    Result result = shell.run(all.toArray(String[]::new));
    assertThat(result).isEqualTo(new Result(0, "task_1\n", ""));
    return server.received().getLast().body();
  }
}
