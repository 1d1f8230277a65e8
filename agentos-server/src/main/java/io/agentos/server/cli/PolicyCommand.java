package io.agentos.server.cli;

import io.agentos.api.AgentOsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code agentos policy}. */
@Command(
    name = "policy",
    aliases = "policies",
    description = "See the rules in force, check and try out new ones.",
    synopsisSubcommandLabel = "COMMAND")
final class PolicyCommand {
  private static final String POLICIES = "/v1/policies";

  private final Session session;
  private final PolicyFiles files;

  PolicyCommand(Session session, PolicyFiles files) {
    this.session = session;
    this.files = files;
  }

  @Command(
      description = "Show all rules in force, with the layer, file and line each comes from.",
      footer = {"%nExamples:", "  agentos policy show", "  agentos policy show -o json"})
  int show(@Mixin ConfigOptions options, @Mixin OutputOption output) {
    Fields inForce = session.client(options).get(POLICIES);
    if (output.json()) {
      session.terminal().print(inForce.pretty());
      return ExitCode.DONE;
    }
    session.terminal().print("version " + inForce.text("version"));
    Table table = new Table("RULE", "ABOUT", "KIND", "EFFECT", "WHEN", "FROM");
    for (Fields policy : inForce.list("policies")) {
      for (Fields rule : policy.list("rules")) {
        table.row(
            rule.text("id"),
            rule.text("subject"),
            rule.text("kind"),
            rule.text("effect"),
            rule.has("rate") ? rate(rule.in("rate")) : rule.text("when"),
            "%s %s:%d".formatted(policy.text("layer"), policy.text("file"), rule.number("line")));
      }
    }
    table.lines().forEach(session.terminal()::print);
    return ExitCode.DONE;
  }

  private static String rate(Fields rate) {
    return "at most %s in %s per %s"
        .formatted(
            Words.number(rate.number("max")),
            rate.text("window"),
            rate.text("by").toLowerCase(Locale.ROOT));
  }

  private static String first(Fields change) {
    return change.asMap().get("examples") instanceof List<?> examples && !examples.isEmpty()
        ? Fields.clean(String.valueOf(examples.getFirst()))
        : "";
  }

  @Command(
      description = "Read policies as the server would; exit code 1 when one is wrong.",
      footer = {
        "%nExamples:",
        "  agentos policy lint policies/*.yaml",
        "  # as a tenant's own, which only tightens",
        "  agentos policy lint --tenant night.yaml"
      })
  int lint(
      @Option(names = "--tenant", description = "as documents that a tenant adds") boolean tenant,
      @Parameters(arity = "1..*", paramLabel = "FILE") List<Path> paths) {
    int exit = ExitCode.DONE;
    for (Path path : paths) {
      try {
        session.terminal().print("ok  " + files.lint(resolved(path), tenant));
      } catch (AgentOsException e) {
        session.terminal().say(e.detail());
        exit = ExitCode.FAILED;
      }
    }
    return exit;
  }

  @Command(
      description = "Run the cases of a test of policies; exit code 1 when one fails.",
      footer = {"%nExample:", "  agentos policy test examples/policies/default.test.yaml"})
  int test(@Mixin OutputOption output, @Parameters(paramLabel = "FILE") Path path) {
    List<PolicyFiles.Outcome> outcomes = files.test(resolved(path));
    boolean passed = outcomes.stream().allMatch(PolicyFiles.Outcome::passed);
    if (output.json()) {
      session.print(outcomes);
    } else {
      for (PolicyFiles.Outcome outcome : outcomes) {
        session
            .terminal()
            .print(
                outcome.passed()
                    ? "ok      " + outcome.name()
                    : "failed  %s: %s".formatted(outcome.name(), outcome.told()));
      }
    }
    return passed ? ExitCode.DONE : ExitCode.FAILED;
  }

  @Command(
      description = {
        "Run policies over recorded decisions, and say what would change.",
        "FILE is a document that the tenant would add, in place of those it has now."
      },
      footer = {
        "%nExamples:",
        "  agentos policy simulate night.yaml",
        "  agentos policy simulate night.yaml --since 7d -o json"
      })
  int simulate(
      @Mixin ConfigOptions options,
      @Mixin OutputOption output,
      @Option(
              names = "--since",
              paramLabel = "TIME",
              description = "how long ago, such as 30d or 12h, or an RFC 3339 time (default: 30d)")
          String since,
      @Parameters(arity = "1..*", paramLabel = "FILE") List<Path> paths) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("documents", documents(paths));
    if (since != null) {
      body.put("since", time(since));
    }
    Fields report = session.client(options).post(POLICIES + "/simulate", body);
    if (output.json()) {
      session.terminal().print(report.pretty());
    } else {
      tell(report);
    }
    return ExitCode.DONE;
  }

  @Command(
      description = "Replace the documents that the tenant of your key adds; none removes them.",
      footer = {"%nExamples:", "  agentos policy apply night.yaml", "  agentos policy apply"})
  int apply(
      @Mixin ConfigOptions options,
      @Mixin OutputOption output,
      @Parameters(arity = "0..*", paramLabel = "FILE") List<Path> paths) {
    ApiClient client = session.client(options);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("documents", documents(paths == null ? List.of() : paths));
    body.put("version", client.get(POLICIES).text("version"));
    Fields replaced = client.put(POLICIES, body);
    session
        .terminal()
        .print(
            output.json()
                ? replaced.pretty()
                : "in force  %s%nreplaced  %s%nTasks that run keep what they began with."
                    .formatted(replaced.text("in_force.version"), replaced.text("replaced")));
    return ExitCode.DONE;
  }

  private void tell(Fields report) {
    Terminal terminal = session.terminal();
    terminal.print(
        "%s, %d would end otherwise"
            .formatted(
                Words.count(report.number("decisions"), "decision"), report.number("changed")));
    Table table = new Table("RULE", "FROM", "TO", "COUNT", "SUCH AS").numbers("COUNT");
    for (Fields change : report.list("changes")) {
      table.row(
          change.text("rule"),
          change.text("from"),
          change.text("to"),
          Words.number(change.number("count")),
          first(change));
    }
    if (!report.list("changes").isEmpty()) {
      table.lines().forEach(terminal::print);
    }
    if (report.number("uncertain") > 0) {
      terminal.print(
          "%s cannot be said: the rules look at arguments that were too long to be recorded"
              .formatted(Words.count(report.number("uncertain"), "decision")));
    }
    terminal.print(
        report.yes("deterministic")
            ? "The versions on record give the recorded decisions again, byte for byte."
            : "The versions on record do NOT give the recorded decisions again.");
    if (!report.yes("complete")) {
      terminal.print("There are more decisions than were looked at.");
    }
  }

  private List<String> documents(List<Path> paths) {
    List<String> documents = new ArrayList<>();
    for (Path path : paths) {
      try {
        documents.add(Files.readString(resolved(path)));
      } catch (IOException e) {
        throw new CliException(
            ExitCode.USAGE,
            "%s cannot be read (%s); name a file that is there and yours to read."
                .formatted(path, e.getClass().getSimpleName()));
      }
    }
    return documents;
  }

  private Path resolved(Path path) {
    return session.surroundings().workingDirectory().resolve(path).normalize();
  }

  /** A time, or how long ago one was. */
  static String time(String text) {
    if (!text.matches("[0-9]{1,4}[dhm]")) {
      return text;
    }
    String unit = text.substring(text.length() - 1).toUpperCase(Locale.ROOT);
    String amount = text.substring(0, text.length() - 1);
    try {
      Duration ago = Duration.parse(unit.equals("D") ? "P" + amount + "D" : "PT" + amount + unit);
      return Instant.now().minus(ago).toString();
    } catch (DateTimeParseException e) {
      return text;
    }
  }
}
