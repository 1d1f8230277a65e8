package io.agentos.server.cli;

import io.agentos.server.cli.McpApproval.Server;
import io.agentos.server.cli.McpApproval.State;
import io.agentos.server.cli.McpApproval.Tool;
import io.agentos.server.config.Config;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code agentos mcp}. */
@Command(
    name = "mcp",
    description = "See the MCP servers of packs, and approve their tools.",
    synopsisSubcommandLabel = "COMMAND")
final class McpCommand {
  private final Session session;
  private final McpApproval approval;

  McpCommand(Session session, McpApproval approval) {
    this.session = session;
    this.approval = approval;
  }

  @Command(
      description = "Ask the servers what they offer, and compare it with what was approved.",
      footer = {
        "%nExamples:",
        "  agentos mcp list",
        "  agentos mcp list wiki -o json",
        "%nExit code 1 when a server cannot be asked, or offers something else than was",
        "approved."
      })
  int list(
      @Parameters(arity = "0..1", paramLabel = "SERVER") @Nullable String only,
      @Mixin ConfigOptions options,
      @Mixin OutputOption output) {
    List<Server> servers = approval.look(session.config(options), only);
    if (output.json()) {
      session.print(Map.of("data", servers.stream().map(McpCommand::json).toList()));
    } else if (servers.isEmpty()) {
      session.terminal().say("none");
    } else {
      tell(servers);
    }
    return servers.stream().allMatch(Server::settled) ? ExitCode.DONE : ExitCode.FAILED;
  }

  @Command(
      description = "Approve the tools of a server as it offers them now.",
      footer = {
        "%nExamples:",
        "  agentos mcp approve wiki",
        "  agentos mcp approve wiki --digest 2c26b46b…",
        "%nThe digest is the one that 'agentos mcp list' shows. What is approved is kept",
        "in the pack, in tools/mcp-SERVER.lock.json; a server that runs takes it at its",
        "next start."
      })
  int approve(
      @Parameters(paramLabel = "SERVER") String name,
      @Option(
              names = "--digest",
              paramLabel = "SHA256",
              description = "of what is approved; asked for where nobody can be asked")
          @Nullable String digest,
      @Mixin ConfigOptions options) {
    Config config = session.config(options);
    Server server = approval.look(config, name).getFirst();
    if (!server.problem().isEmpty()) {
      throw new CliException(ExitCode.FAILED, server.problem());
    }
    if (server.settled()) {
      session.terminal().print("ok  %s is approved as it is".formatted(server.name()));
      return ExitCode.DONE;
    }
    if (digest == null) {
      server.tools().forEach(this::show);
    }
    int tools = approval.approve(config, name, digest == null ? asked(server) : digest);
    session
        .terminal()
        .print("ok  %s, %s: %s".formatted(name, Words.count(tools, "tool"), server.lock()));
    return ExitCode.DONE;
  }

  /** The digest of what a person has seen and said yes to. */
  private String asked(Server server) {
    if (!session.terminal().canAsk()) {
      throw new CliException(
          ExitCode.USAGE,
          "Nobody can be asked here; approve with --digest %s.".formatted(server.digest()));
    }
    if (!session.terminal().asksYes("  Approve the tools of %s?".formatted(server.name()))) {
      throw new CliException(ExitCode.FAILED, "Nothing was approved.");
    }
    return server.digest();
  }

  private void tell(List<Server> servers) {
    for (Server server : servers) {
      session
          .terminal()
          .print(
              "%s  (pack %s)  %s"
                  .formatted(
                      server.name(),
                      server.pack(),
                      server.problem().isEmpty()
                          ? "digest " + server.digest()
                          : Visible.text(server.problem())));
      if (!server.tools().isEmpty()) {
        Table table = new Table("TOOL", "STATE", "EFFECT", "ZONE");
        for (Tool tool : server.tools()) {
          table.row(Visible.text(tool.name()), word(tool.state()), tool.effect(), tool.zone());
        }
        session.terminal().print(String.join("\n", table.lines()));
      }
      server.tools().forEach(this::show);
    }
  }

  /** What is not approved, word for word: a description is read by models as an order may be. */
  private void show(Tool tool) {
    if (tool.state() == State.APPROVED) {
      return;
    }
    Terminal terminal = session.terminal();
    terminal.print("\n%s is %s".formatted(Visible.text(tool.name()), word(tool.state())));
    indented("was", tool.before());
    indented("now", tool.now());
  }

  private void indented(String when, String text) {
    if (!text.isEmpty()) {
      session
          .terminal()
          .print("  %s  %s".formatted(when, Visible.text(text).replace("\n", "\n       ")));
    }
  }

  private static Map<String, Object> json(Server server) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("server", server.name());
    json.put("pack", server.pack());
    json.put("digest", server.digest());
    json.put("problem", server.problem());
    json.put("lock", server.lock().toString());
    json.put("tools", server.tools().stream().map(McpCommand::json).toList());
    return json;
  }

  private static Map<String, Object> json(Tool tool) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("tool", tool.name());
    json.put("remote", tool.remote());
    json.put("state", word(tool.state()));
    json.put("effect", tool.effect());
    json.put("zone", tool.zone());
    json.put("now", tool.now());
    json.put("before", tool.before());
    return json;
  }

  private static String word(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
