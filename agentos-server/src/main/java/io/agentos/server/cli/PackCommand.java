package io.agentos.server.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code agentos pack}. */
@Command(
    name = "pack",
    aliases = "packs",
    description = "See the packs, and check one that you write.",
    synopsisSubcommandLabel = "COMMAND")
final class PackCommand {
  private static final String PACKS = "/v1/packs";

  private final Session session;
  private final PackCheck check;

  PackCommand(Session session, PackCheck check) {
    this.session = session;
    this.check = check;
  }

  @Command(
      description = "List the packs of the server.",
      footer = {"%nExample:", "  agentos pack list"})
  int list(@Mixin ConfigOptions options, @Mixin OutputOption output) {
    List<Fields> packs =
        session.list(
            session.client(options), PACKS, Map.of(), Session.LIST_LENGTH_MAX, pack -> true);
    Table table = new Table("PACK", "VERSION", "AGENTS", "ENABLED", "DESCRIPTION");
    for (Fields pack : packs) {
      table.row(
          pack.text("name", "id"),
          pack.text("version"),
          Integer.toString(pack.list("agents").size()),
          pack.yes("enabled") ? "yes" : "no",
          pack.text("description"));
    }
    session.show(output, packs, table);
    return ExitCode.DONE;
  }

  @Command(
      description = "Let a pack serve the tasks of your tenant again.",
      footer = {"%nExample:", "  agentos pack enable marketing"})
  int enable(@Parameters(paramLabel = "PACK") String pack, @Mixin ConfigOptions options) {
    return change(pack, true, options);
  }

  @Command(
      description = "Let a pack serve no new tasks of your tenant; those that run go on.",
      footer = {
        "%nTo stop what runs, use agentos kill --pack.",
        "%nExample:",
        "  agentos pack disable marketing"
      })
  int disable(@Parameters(paramLabel = "PACK") String pack, @Mixin ConfigOptions options) {
    return change(pack, false, options);
  }

  private int change(String pack, boolean enabled, ConfigOptions options) {
    session.client(options).put(ApiClient.path(PACKS, pack), Map.of("enabled", enabled));
    session.terminal().print(pack + (enabled ? " enabled" : " disabled"));
    return ExitCode.DONE;
  }

  @Command(
      description = "Read packs as the server would; exit code 2 when one is wrong.",
      footer = {"%nExample:", "  agentos pack validate packs/supabase"})
  int validate(@Parameters(arity = "1..*", paramLabel = "FOLDER") List<Path> folders) {
    for (Path folder : folders) {
      Path pack = session.surroundings().workingDirectory().resolve(folder).normalize();
      session.terminal().print("ok  " + check.check(pack));
    }
    return ExitCode.DONE;
  }

  @Command(
      description =
          "Write the SHA-256 of each prompt into the agent's golden tasks, after you have read that their turns still answer it.",
      footer = {"%nExample:", "  agentos pack rehash packs/supabase"})
  int rehash(@Parameters(arity = "1..*", paramLabel = "FOLDER") List<Path> folders) {
    for (Path folder : folders) {
      Path pack = session.surroundings().workingDirectory().resolve(folder).normalize();
      List<String> changed = check.rehash(pack);
      session
          .terminal()
          .print(changed.isEmpty() ? "nothing to change" : String.join("\n", changed));
    }
    return ExitCode.DONE;
  }
}
