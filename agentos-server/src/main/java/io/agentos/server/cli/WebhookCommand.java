package io.agentos.server.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code agentos webhook}: what comes in, what goes out, and what became of it. */
@Command(
    name = "webhook",
    aliases = "webhooks",
    description = "Take webhooks in, and send them out.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "%nExamples:",
      "  agentos webhook sources create --name github --scheme github \\",
      "      --agent engineering.reviewer",
      "  agentos webhook endpoints create --url https://hooks.example.com/x \\",
      "      --event task.completed",
      "  agentos webhook deliveries list --state dead"
    })
final class WebhookCommand {
  private static final long SECRET_SIZE_MAX = 1_024;

  private WebhookCommand() {}

  static CommandLine commandLine(Session session) {
    return new CommandLine(new WebhookCommand())
        .addSubcommand(new WebhookSourcesCommand(session))
        .addSubcommand(new WebhookEndpointsCommand(session))
        .addSubcommand(new WebhookDeliveriesCommand(session));
  }

  /** A secret in a file, so that it stands in no list of processes. */
  static String secret(String option, String path) {
    try {
      Path file = Path.of(path);
      if (Files.size(file) <= SECRET_SIZE_MAX) {
        return Files.readString(file, StandardCharsets.UTF_8).strip();
      }
    } catch (IOException | RuntimeException e) {
      // Told below.
    }
    throw new CliException(
        ExitCode.USAGE,
        "%s: %s is no file of at most %d bytes that can be read."
            .formatted(option, path, SECRET_SIZE_MAX));
  }

  /** Shows a secret once: it alone on standard output, so that it can be kept. */
  static int made(Session session, OutputOption output, Fields made, String told) {
    session.terminal().print(output.json() ? made.pretty() : made.raw("secret"));
    session.terminal().say(told);
    return ExitCode.DONE;
  }
}
