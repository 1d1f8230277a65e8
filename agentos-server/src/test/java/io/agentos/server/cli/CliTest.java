package io.agentos.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.server.cli.TestShell.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CliTest {
  @TempDir private Path root;
  private TestShell shell;

  @BeforeEach
  void shell() {
    shell = new TestShell(root);
  }

  @Test
  void agentos_alone() {
    Result result = shell.run();

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .isEqualTo(
            """
            Usage: agentos [-hV] COMMAND
            The operating system for AI agents.
              -h, --help      show this help
              -V, --version   show the version
            Commands:
              up                   Start the server and its Postgres; Ctrl-C stops both.
              run                  Run one task to its end: progress on stderr, result on
                                     stdout.
              tasks, task          Look at tasks, cancel them, settle their doubtful steps.
              approvals, approval  See what waits for a person, and decide it.
              kill                 Stop everything, or one part, at once; it stays stopped
                                     until released.
              unkill               Release kill switches; what they stopped goes on.
              audit                Read the audit log and prove that it is whole.
              budget               Set what may be spent, and show what is.
              costs                Add up what model calls used and cost.
              models               List the models, what they cost now, and which are ready.
              key, keys            Make and revoke API keys.
              secret, secrets      Keep values that tools get and nobody reads.
              privacy              Say what is kept back from model providers.
              retention            Say how long records are kept.
              hold, holds          Keep records from being deleted or erased.
              erase                Make what tasks were given and said unreadable, for ever.
              webhook, webhooks    Take webhooks in, and send them out.
              user, users          Make, change and disable users.
              tenant, tenants      Make, list and disable tenants.
              pack, packs          See the packs, and check one that you write.
              mcp                  See the MCP servers of packs, and approve their tools.
              policy, policies     See the rules in force, check and try out new ones.
              agent, agents        See who can do what.
              doctor               Check that this machine has what AgentOS needs.
              test                 Run the whole test suite, exactly what CI runs.
              bench                Run the benchmarks and print their report.
              completion           Print a script that completes commands and options in
                                     bash and zsh.

            Examples:
              agentos run --agent supabase.rls-auditor --input schema=schema.sql
              agentos up
              agentos tasks list --state waiting

            Exit codes: 0 done; 1 the task failed or was refused; 2 wrong usage;
            3 environment; 4 not allowed; 5 the server cannot be reached.
            """);
  }

  @Test
  void version_told() {
    assertThat(shell.run("--version")).isEqualTo(new Result(0, "agentos 1.2.3\n", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "up",
        "run",
        "tasks list",
        "tasks show",
        "tasks route",
        "tasks steps",
        "tasks follow",
        "tasks cancel",
        "tasks reconcile",
        "approvals list",
        "approvals show",
        "approvals approve",
        "approvals reject",
        "approvals edit",
        "kill",
        "kill list",
        "unkill",
        "audit list",
        "audit verify",
        "costs",
        "models",
        "key create",
        "key list",
        "key revoke",
        "secret set",
        "secret list",
        "secret rotate",
        "secret allow",
        "secret delete",
        "privacy show",
        "privacy set",
        "privacy test",
        "retention show",
        "retention set",
        "retention preview",
        "hold create",
        "hold list",
        "hold release",
        "erase",
        "erase list",
        "webhook",
        "webhook sources create",
        "webhook sources list",
        "webhook sources rotate",
        "webhook sources delete",
        "webhook endpoints create",
        "webhook endpoints list",
        "webhook endpoints rotate",
        "webhook endpoints test",
        "webhook endpoints enable",
        "webhook endpoints delete",
        "webhook deliveries list",
        "webhook deliveries redeliver",
        "user create",
        "user list",
        "user change",
        "user disable",
        "user password",
        "tenant create",
        "tenant list",
        "tenant disable",
        "pack list",
        "pack validate",
        "pack rehash",
        "agent list",
        "mcp list",
        "mcp approve",
        "doctor",
        "doctor rls",
        "test",
        "bench",
        "completion"
      })
  void help_ofEveryVerb(String verb) {
    List<String> arguments = new ArrayList<>(List.of(verb.split(" ")));
    arguments.add("--help");

    Result result = shell.run(arguments.toArray(String[]::new));

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).startsWith("Usage: agentos " + verb).contains("Example");
  }

  @Test
  void usage_wrong() {
    assertThat(shell.run("rum"))
        .isEqualTo(
            new Result(
                2,
                "",
                """
                agentos: Unmatched argument at index 0: 'rum'
                  Did you mean: run?
                  See 'agentos --help'.
                """));
    assertThat(shell.run("tasks"))
        .isEqualTo(
            new Result(
                2, "", "agentos: Missing required subcommand\n  See 'agentos tasks --help'.\n"));
    assertThat(shell.run("tasks", "list", "-o", "xml"))
        .isEqualTo(
            new Result(
                2,
                "",
                "agentos: Invalid value for option '--output': expected one of [TEXT, JSON]"
                    + " (case-insensitive) but was 'xml'\n  See 'agentos tasks list --help'.\n"));
    assertThat(shell.run("tasks", "list", "--limit", "0"))
        .isEqualTo(new Result(2, "", "agentos: --limit is 0; allowed is 1 to 10000.\n"));
  }

  @Test
  void configuration_wrong() {
    Result result = shell.with("AGENTOS_SERVER_PROT", "1").run("tasks", "list");

    assertThat(result)
        .isEqualTo(
            new Result(
                2,
                "",
                """
                agentos: The configuration is wrong:
                  AGENTOS_SERVER_PROT: unknown variable; the nearest known one is AGENTOS_SERVER_PORT.
                """));
  }

  @Test
  void test_needsCheckout() {
    assertThat(shell.run("test"))
        .isEqualTo(
            new Result(
                2, "", "agentos: The tests run from a checkout of the sources: ./agentos test\n"));
  }

  @Test
  void bench_delegated() {
    assertThat(shell.run("bench", "a", "b").exitCode()).isEqualTo(2);
  }

  @Test
  void completion_isShell() throws Exception {
    Result result = shell.run("completion");

    assertThat(result.exitCode()).isZero();
    Path script = Files.writeString(root.resolve("completion.sh"), result.out());
    Process check = new ProcessBuilder("bash", "-n", script.toString()).inheritIO().start();
    assertThat(check.waitFor()).isZero();
    assertThat(result.out()).contains("complete -F _complete_agentos -o default agentos");
  }
}
