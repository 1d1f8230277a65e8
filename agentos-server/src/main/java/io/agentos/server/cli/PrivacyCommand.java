package io.agentos.server.cli;

import io.agentos.api.AgentOsException;
import io.agentos.runtime.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code agentos privacy}. */
@Command(
    name = "privacy",
    description = "Say what is kept back from model providers.",
    synopsisSubcommandLabel = "COMMAND")
final class PrivacyCommand {
  private static final String PRIVACY = "/v1/privacy";

  private final Session session;

  PrivacyCommand(Session session) {
    this.session = session;
  }

  @Command(
      description = "Show what is done with each kind of value.",
      footer = {"%nExamples:", "  agentos privacy show", "  agentos privacy show -o json"})
  int show(@Mixin ConfigOptions options, @Mixin OutputOption output) {
    shown(session.client(options).get(PRIVACY), output);
    return ExitCode.DONE;
  }

  @Command(
      description = "Replace the rules of the tenant of your key; the next model call obeys.",
      footer = {
        "%nExample:",
        "  agentos privacy set rules.json",
        "%nThe file is what 'agentos privacy show -o json' has as 'rules':",
        "  {\"kinds\": {\"ip\": \"mask\"}, \"agents\": {\"support.mailer\": {\"email\": \"leave\"}},",
        "   \"patterns\": {\"customer\": \"C-[0-9]{6}\"}, \"words\": [\"blue heron\"]}",
        "What it does not name is as by default."
      })
  int set(
      @Mixin ConfigOptions options,
      @Mixin OutputOption output,
      @Parameters(paramLabel = "FILE") Path path) {
    ApiClient client = session.client(options);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("rules", rules(path));
    body.put("version", client.get(PRIVACY).number("version"));
    shown(client.put(PRIVACY, body), output);
    return ExitCode.DONE;
  }

  @Command(
      description = "Show a text as a provider would get it; nothing is stored or sent on.",
      footer = {
        "%nExamples:",
        "  agentos privacy test 'Write to ada@example.com'",
        "  agentos privacy test --agent support.mailer 'Write to ada@example.com' \\",
        "      -o json"
      })
  int test(
      @Mixin ConfigOptions options,
      @Mixin OutputOption output,
      @Option(names = "--agent", paramLabel = "PACK.AGENT", description = "as sent by this agent")
          String agent,
      @Parameters(paramLabel = "TEXT") String text) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("text", text);
    if (agent != null) {
      body.put("agent", agent);
    }
    Fields sample = session.client(options).post(PRIVACY + "/test", body);
    Terminal terminal = session.terminal();
    if (output.json()) {
      terminal.print(sample.pretty());
      return ExitCode.DONE;
    }
    terminal.print(sample.text(sample.text("blocked").isEmpty() ? "text" : "blocked"));
    sample.in("counts").asMap().forEach((kind, count) -> terminal.say(kind + ": " + count));
    return ExitCode.DONE;
  }

  private void shown(Fields privacy, OutputOption output) {
    Terminal terminal = session.terminal();
    if (output.json()) {
      terminal.print(privacy.pretty());
      return;
    }
    Table table = new Table("KIND", "CLASS", "TRANSFORM", "BY");
    for (Fields kind : privacy.list("kinds")) {
      table.row(
          kind.text("kind"),
          kind.text("sensitivity"),
          kind.text("transform"),
          kind.yes("by_rule") ? "rule" : "default");
    }
    terminal.print("version " + privacy.number("version"));
    table.lines().forEach(terminal::print);
    Fields rules = privacy.in("rules");
    terminal.print(
        "%s with rules of their own, %s, %s"
            .formatted(
                Words.count(rules.in("agents").asMap().size(), "agent"),
                Words.count(rules.in("patterns").asMap().size(), "pattern"),
                Words.count(rules.texts("words").size(), "word")));
  }

  private Map<String, @Nullable Object> rules(Path path) {
    Path file = session.surroundings().workingDirectory().resolve(path).normalize();
    try {
      return Json.readObject(Files.readString(file));
    } catch (IOException e) {
      throw new CliException(
          ExitCode.USAGE,
          "%s cannot be read (%s); name a file that is there and yours to read."
              .formatted(path, e.getClass().getSimpleName()));
    } catch (AgentOsException e) {
      throw new CliException(ExitCode.USAGE, "%s is not a JSON object".formatted(path));
    }
  }
}
