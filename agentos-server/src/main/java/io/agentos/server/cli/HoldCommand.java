package io.agentos.server.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code agentos hold}. */
@Command(
    name = "hold",
    aliases = "holds",
    description = "Keep records from being deleted or erased.",
    synopsisSubcommandLabel = "COMMAND")
final class HoldCommand {
  private static final String HOLDS = "/v1/holds";

  private final Session session;

  HoldCommand(Session session) {
    this.session = session;
  }

  @Command(
      description = "Hold the records of a tenant, task, agent, label or subject.",
      footer = {
        "%nExamples:",
        "  agentos hold create --scope label --target matter=4711 \\",
        "      --reason 'court order 4711'",
        "  agentos hold create --scope subject --target ann@example.com \\",
        "      --reason 'complaint 12'",
        "  agentos hold create --scope tenant --reason 'audit of 2026'"
      })
  int create(
      @Option(
              names = "--scope",
              required = true,
              paramLabel = "SCOPE",
              description = "tenant, task, agent, label or subject")
          String scope,
      @Option(
              names = "--target",
              paramLabel = "TARGET",
              description = "a task's id, PACK.AGENT, KEY=VALUE or a subject; none for the tenant")
          @Nullable String target,
      @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why")
          String reason,
      @Mixin ConfigOptions options,
      @Mixin OutputOption output) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("scope", scope.toLowerCase(Locale.ROOT));
    if (target != null) {
      body.put("target", target);
    }
    body.put("reason", reason);
    Fields hold = session.client(options).post(HOLDS, body);
    session
        .terminal()
        .print(
            output.json()
                ? hold.pretty()
                : "%s holds %s %s"
                    .formatted(hold.text("id"), hold.text("scope"), hold.text("target"))
                    .strip());
    return ExitCode.DONE;
  }

  @Command(
      description = "List the holds in force, newest first.",
      footer = {"%nExamples:", "  agentos hold list", "  agentos hold list --all"})
  int list(
      @Option(names = "--all", description = "those that were released too") boolean all,
      @Mixin ListLimit limit,
      @Mixin ConfigOptions options,
      @Mixin OutputOption output) {
    Map<String, String> filters = all ? Map.of() : Map.of("active", "true");
    List<Fields> holds =
        session.list(session.client(options), HOLDS, filters, limit.limit(), hold -> true);
    Table table = new Table("HOLD", "SCOPE", "TARGET", "PLACED", "BY", "RELEASED", "REASON");
    for (Fields hold : holds) {
      table.row(
          hold.text("id"),
          hold.text("scope"),
          hold.text("target"),
          Words.instant(hold.text("placed_at")),
          hold.text("placed_by"),
          Words.instant(hold.text("released_at")),
          hold.text("reason"));
    }
    session.show(output, holds, table);
    return ExitCode.DONE;
  }

  @Command(
      description = "Release a hold: what it kept follows the retention rules again.",
      footer = {
        "%nExample:",
        "  agentos hold release hld_01jd3k5m6n7p8q9r0s1t2v3w4x --reason 'settled'"
      })
  int release(
      @Parameters(paramLabel = "HOLD") String hold,
      @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why")
          String reason,
      @Mixin ConfigOptions options) {
    session
        .client(options)
        .delete(ApiClient.query(ApiClient.path(HOLDS, hold), Map.of("reason", reason)));
    session.terminal().print(hold + " is released");
    return ExitCode.DONE;
  }
}
