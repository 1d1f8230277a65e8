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
            session.client(options), "/v1/packs", Map.of(), Session.LIST_LENGTH_MAX, pack -> true);
    Table table = new Table("PACK", "VERSION", "AGENTS", "DESCRIPTION");
    for (Fields pack : packs) {
      table.row(
          pack.text("name", "id"),
          pack.text("version"),
          Integer.toString(pack.list("agents").size()),
          pack.text("description"));
    }
    session.show(output, packs, table);
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
}
