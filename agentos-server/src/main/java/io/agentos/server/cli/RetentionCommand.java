package io.agentos.server.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code agentos retention}. */
@Command(
    name = "retention",
    description = "Say how long records are kept.",
    synopsisSubcommandLabel = "COMMAND")
final class RetentionCommand {
  private static final String RETENTION = "/v1/retention";
  private static final String FOR_EVER = "forever";

  private final Session session;

  RetentionCommand(Session session) {
    this.session = session;
  }

  @Command(
      description = "Show how long each kind of record is kept.",
      footer = {"%nExample:", "  agentos retention show"})
  int show(@Mixin ConfigOptions options, @Mixin OutputOption output) {
    shown(session.client(options).get(RETENTION), output);
    return ExitCode.DONE;
  }

  @Command(
      description = "Change how long some kinds of records are kept.",
      footer = {
        "%nExamples:",
        "  agentos retention set tasks=90 policy_decisions=30",
        "  agentos retention set tasks=forever",
        "  agentos retention set --all tasks=365",
        "%nA number is days. Kinds that are not named stay as they are; with --all they",
        "have their defaults again. 'agentos retention preview' says first what would",
        "be deleted."
      })
  int set(
      @Parameters(paramLabel = "KIND=DAYS", arity = "0..*") List<String> rules,
      @Option(names = "--all", description = "all other kinds as by default") boolean all,
      @Mixin ConfigOptions options,
      @Mixin OutputOption output) {
    ApiClient client = session.client(options);
    shown(client.put(RETENTION, body(client, rules, all)), output);
    return ExitCode.DONE;
  }

  @Command(
      description = "Say how many records would be deleted now; delete nothing.",
      footer = {
        "%nExamples:",
        "  agentos retention preview",
        "  agentos retention preview tasks=90"
      })
  int preview(
      @Parameters(paramLabel = "KIND=DAYS", arity = "0..*") List<String> rules,
      @Mixin ConfigOptions options,
      @Mixin OutputOption output) {
    ApiClient client = session.client(options);
    Fields preview = client.post(RETENTION + "/preview", body(client, rules, false));
    Table table = new Table("KIND", "KEPT", "WOULD GO");
    for (Fields kind : preview.list("data")) {
      table.row(
          kind.text("kind"),
          kept(kind.text("keep")),
          (kind.yes("at_least") ? "at least " : "") + kind.text("rows"));
    }
    session.show(output, preview.list("data"), table);
    return ExitCode.DONE;
  }

  private void shown(Fields retention, OutputOption output) {
    Table table = new Table("KIND", "KEPT", "BY", "AT LEAST");
    for (Fields kind : retention.list("kinds")) {
      table.row(
          kind.text("kind"),
          kept(kind.text("keep")),
          kind.yes("by_rule") ? "rule" : "default",
          kept(kind.text("keep_min")));
    }
    if (output.json()) {
      session.terminal().print(retention.pretty());
    } else {
      session.terminal().print(String.join("\n", table.lines()));
    }
  }

  /** The rules in force, with those of the command line in their places. */
  private static Map<String, Object> body(
      ApiClient client, @Nullable List<String> changes, boolean all) {
    Map<String, @Nullable Object> rules = new LinkedHashMap<>();
    if (!all) {
      for (Fields kind : client.get(RETENTION).list("kinds")) {
        if (kind.yes("by_rule")) {
          rules.put(kind.text("kind"), kind.text("keep").isEmpty() ? null : kind.text("keep"));
        }
      }
    }
    for (String change : changes == null ? new ArrayList<String>() : changes) {
      int equals = change.indexOf('=');
      String days = change.substring(equals + 1);
      if (equals < 1 || !(days.equals(FOR_EVER) || days.matches("[0-9]{1,5}"))) {
        throw new CliException(
            ExitCode.USAGE,
            "A rule is KIND=DAYS, such as tasks=90, or KIND=forever; found '%s'."
                .formatted(change));
      }
      rules.put(change.substring(0, equals), days.equals(FOR_EVER) ? null : "P" + days + "D");
    }
    return Map.of("rules", rules);
  }

  private static String kept(String days) {
    return days.isEmpty() ? FOR_EVER : days.substring(1, days.length() - 1) + " days";
  }
}
