package io.agentos.server.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code agentos approvals}. */
@Command(
    name = "approvals",
    aliases = "approval",
    description = "See what waits for a person, and decide it.",
    synopsisSubcommandLabel = "COMMAND")
final class ApprovalsCommand {
  private static final String APPROVALS = "/v1/approvals";

  private final Session session;

  ApprovalsCommand(Session session) {
    this.session = session;
  }

  @Command(
      description = "List what waits for a decision, newest first.",
      footer = {
        "%nExamples:",
        "  agentos approvals list",
        "  agentos approvals list --all -o json"
      })
  int list(
      @Option(names = "--all", description = "the decided ones too") boolean all,
      @Mixin ListLimit limit,
      @Mixin ConfigOptions options,
      @Mixin OutputOption output) {
    int most = limit.limit();
    List<Fields> approvals =
        session.list(
            session.client(options),
            APPROVALS,
            Map.of("state", all ? "" : "pending"),
            most,
            approval -> true);
    Table table = new Table("APPROVAL", "STATE", "AGENT", "TOOL", "ZONE", "TASK", "EXPIRES");
    for (Fields approval : approvals) {
      table.row(
          approval.text("id"),
          approval.text("state"),
          approval.text("agent"),
          approval.text("tool"),
          approval.text("zone"),
          approval.text("task"),
          Words.instant(approval.text("expires_at")));
    }
    session.show(output, approvals, table);
    return ExitCode.DONE;
  }

  @Command(
      description = "Show what would run.",
      footer = {"%nExample:", "  agentos approvals show apr_01jd3k5m6n7p8q9r0s1t2v3w4x"})
  int show(
      @Parameters(paramLabel = "APPROVAL") String approval,
      @Mixin ConfigOptions options,
      @Mixin OutputOption output) {
    Fields found = session.client(options).get(ApiClient.path(APPROVALS, approval));
    session.terminal().print(output.json() ? found.pretty() : page(found));
    return ExitCode.DONE;
  }

  @Command(
      description = "Let it run, exactly as shown.",
      footer = {
        "%nExamples:",
        "  agentos approvals approve apr_01jd3k5m6n7p8q9r0s1t2v3w4x",
        "  agentos approvals approve apr_01jd3k5m6n7p8q9r0s1t2v3w4x --comment \"checked with Ann\""
      })
  int approve(
      @Parameters(paramLabel = "APPROVAL") String approval,
      @Mixin Statement statement,
      @Mixin ConfigOptions options,
      @Mixin OutputOption output) {
    return decide(approval, statement.says("approve"), options, output);
  }

  @Command(
      description = "Do not let it run.",
      footer = {
        "%nExample:",
        "  agentos approvals reject apr_01jd3k5m6n7p8q9r0s1t2v3w4x --comment \"wrong account\""
      })
  int reject(
      @Parameters(paramLabel = "APPROVAL") String approval,
      @Mixin Statement statement,
      @Mixin ConfigOptions options,
      @Mixin OutputOption output) {
    return decide(approval, statement.says("reject"), options, output);
  }

  @Command(
      description = "Let it run with other arguments; policy is asked again.",
      footer = {
        "%nExample:",
        "  agentos approvals edit apr_01jd3k5m6n7p8q9r0s1t2v3w4x --arguments '{\"euro\": 5}'"
      })
  int edit(
      @Parameters(paramLabel = "APPROVAL") String approval,
      @Option(
              names = "--arguments",
              required = true,
              paramLabel = "JSON",
              description = "all arguments, as they shall be")
          String arguments,
      @Mixin Statement statement,
      @Mixin ConfigOptions options,
      @Mixin OutputOption output) {
    Map<String, Object> says = statement.says("edit");
    says.put("arguments", TasksCommand.json("--arguments", arguments));
    return decide(approval, says, options, output);
  }

  private int decide(
      String approval, Map<String, Object> says, ConfigOptions options, OutputOption output) {
    ApiClient client = session.client(options);
    String path = ApiClient.path(APPROVALS, approval);
    Fields shown = client.get(path);
    ApprovalQuestion.lines(shown).forEach(session.terminal()::say);
    Map<String, Object> body = new LinkedHashMap<>(says);
    body.putIfAbsent("digest", shown.text("digest"));
    Fields decided = client.post(path + "/decide", body);
    session
        .terminal()
        .print(output.json() ? decided.pretty() : decided.text("id") + " " + decided.text("state"));
    return ExitCode.DONE;
  }

  private static String page(Fields approval) {
    List<String> lines = new ArrayList<>();
    lines.add(approval.text("id"));
    for (String field :
        List.of(
            "state",
            "agent",
            "tool",
            "zone",
            "task",
            "step",
            "reason",
            "rule",
            "requester",
            "digest",
            "created_at",
            "expires_at",
            "decided_by",
            "decided_at",
            "comment")) {
      if (!approval.text(field).isEmpty()) {
        lines.add("  %-11s %s".formatted(field.replace('_', ' '), approval.text(field)));
      }
    }
    lines.add("");
    lines.add(approval.in("arguments").pretty());
    return String.join("\n", lines);
  }

  /** What a person says with a decision. */
  static final class Statement {
    @Option(names = "--comment", paramLabel = "TEXT", description = "why; kept in the audit log")
    private String comment = "";

    @Option(
        names = "--digest",
        paramLabel = "DIGEST",
        description = "decide only if this is still what would run (default: what is shown now)")
    private String digest = "";

    /** What is sent, but for the digest of what is shown. */
    Map<String, Object> says(String decision) {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("decision", decision);
      if (!comment.isEmpty()) {
        body.put("comment", comment);
      }
      if (!digest.isEmpty()) {
        body.put("digest", digest);
      }
      return body;
    }
  }
}
