package io.agentos.server.cli;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agentos agent}. */
@Command(
    name = "agent",
    aliases = "agents",
    description = "See who can do what.",
    synopsisSubcommandLabel = "COMMAND")
final class AgentCommand {
  private final Session session;

  AgentCommand(Session session) {
    this.session = session;
  }

  @Command(
      description = "List the agents, the inputs each takes (* required) and whether it can run.",
      footer = {"%nExamples:", "  agentos agent list", "  agentos agent list -o json"})
  int list(@Mixin ConfigOptions options, @Mixin OutputOption output) {
    List<Fields> agents = session.agents(session.client(options));
    Table table = new Table("AGENT", "TYPE", "ZONE", "INPUTS", "READY", "DESCRIPTION");
    for (Fields agent : agents) {
      table.row(
          agent.text("id"),
          agent.text("type", "kind"),
          agent.text("zone"),
          inputs(agent),
          agent.yes("available") ? "yes" : "no",
          agent.text("description"));
    }
    session.show(output, agents, table);
    for (Fields agent : agents) {
      if (!agent.yes("available")) {
        String why = agent.text("unavailable_reason", "reason");
        session.terminal().say("%s is not ready: %s".formatted(agent.text("id"), why));
      }
    }
    return ExitCode.DONE;
  }

  private static String inputs(Fields agent) {
    return agent.in("inputs").json().properties().stream()
        .map(input -> input.getKey() + (new Fields(input.getValue()).yes("required") ? "*" : ""))
        .collect(Collectors.joining(" "));
  }
}
