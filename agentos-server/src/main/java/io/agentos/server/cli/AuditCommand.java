package io.agentos.server.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agentos audit}. */
@Command(
    name = "audit",
    description = "Read the audit log and prove that it is whole.",
    synopsisSubcommandLabel = "COMMAND")
final class AuditCommand {
  private static final String AUDIT = "/v1/audit";

  private final Session session;

  AuditCommand(Session session) {
    this.session = session;
  }

  @Command(
      description = "List entries, newest first.",
      footer = {
        "%nExamples:",
        "  agentos audit list --type policy.denied",
        "  agentos audit list --subject task_01jd3k5m6n7p8q9r0s1t2v3w4x -o json"
      })
  int list(
      @Mixin Filters filters,
      @Mixin ListLimit limit,
      @Mixin ConfigOptions options,
      @Mixin OutputOption output) {
    int most = limit.limit();
    List<Fields> entries =
        session.list(session.client(options), AUDIT, filters.parameters(), most, entry -> true);
    Table table = new Table("SEQ", "TIME", "TYPE", "ACTOR", "SUBJECT");
    for (Fields entry : entries) {
      table.row(
          entry.text("seq"),
          Words.instant(entry.text("at")),
          entry.text("type"),
          entry.text("actor"),
          entry.text("subject"));
    }
    session.show(output, entries, table);
    return ExitCode.DONE;
  }

  @Command(
      description = "Walk the whole chain; exit code 1 when an entry was changed or is missing.",
      footer = {"%nExample:", "  agentos audit verify"})
  int verify(@Mixin ConfigOptions options, @Mixin OutputOption output) {
    Fields verified = session.client(options).get(AUDIT + "/verify");
    boolean intact = verified.yes("intact");
    String told =
        intact
            ? "intact: " + count(verified.number("entries"))
            : "broken: " + verified.text("problem");
    session.terminal().print(output.json() ? verified.pretty() : told);
    return intact ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static String count(long entries) {
    return entries == 1 ? "1 entry" : entries + " entries";
  }

  /** The options that say which entries are meant. */
  static final class Filters {
    @Option(
        names = "--type",
        paramLabel = "TYPE",
        description = "of this type, such as tool.called")
    private String type = "";

    @Option(names = "--actor", paramLabel = "ACTOR", description = "by this actor")
    private String actor = "";

    @Option(names = "--subject", paramLabel = "ID", description = "about this object")
    private String subject = "";

    Map<String, String> parameters() {
      Map<String, String> parameters = new LinkedHashMap<>();
      parameters.put("type", type);
      parameters.put("actor", actor);
      parameters.put("subject", subject);
      return parameters;
    }
  }
}
