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
  private static final String GRANTS = "/v1/approval-grants";

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
    Table table = new Table("APPROVAL", "STATE", "YES", "AGENT", "TOOL", "ZONE", "TASK", "EXPIRES");
    for (Fields approval : approvals) {
      table.row(
          approval.text("id"),
          approval.text("state"),
          "%d of %d"
              .formatted(
                  approval.number("quorum.given"),
                  Math.max(1, approval.number("quorum.approvers"))),
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
    session.terminal().print(output.json() ? Visible.text(found.pretty()) : ApprovalPage.of(found));
    return ExitCode.DONE;
  }

  @Command(
      description = "Let it run, exactly as shown.",
      footer = {
        "%nExamples:",
        "  agentos approvals approve apr_01jd3k5m6n7p8q9r0s1t2v3w4x",
        "  agentos approvals approve apr_01jd3k5m6n7p8q9r0s1t2v3w4x \\",
        "      apr_01jd3k7v8w9x0y1z2a3b4c5d6e",
        "  agentos approvals approve apr_01jd3k5m6n7p8q9r0s1t2v3w4x \\",
        "      --comment \"checked with Ann\""
      })
  int approve(
      @Parameters(paramLabel = "APPROVAL", arity = "1..100") List<String> approvals,
      @Mixin Statement statement,
      @Mixin ConfigOptions options,
      @Mixin OutputOption output) {
    Map<String, Object> says = statement.says("approve");
    return approvals.size() == 1
        ? decide(approvals.getFirst(), says, options, output)
        : decideAll(approvals, says, options, output);
  }

  @Command(
      description = "Do not let it run.",
      footer = {
        "%nExample:",
        "  agentos approvals reject apr_01jd3k5m6n7p8q9r0s1t2v3w4x \\",
        "      --comment \"wrong account\""
      })
  int reject(
      @Parameters(paramLabel = "APPROVAL", arity = "1..100") List<String> approvals,
      @Mixin Statement statement,
      @Mixin ConfigOptions options,
      @Mixin OutputOption output) {
    Map<String, Object> says = statement.says("reject");
    return approvals.size() == 1
        ? decide(approvals.getFirst(), says, options, output)
        : decideAll(approvals, says, options, output);
  }

  @Command(
      description = "Let it run with other arguments; policy is asked again.",
      footer = {
        "%nExample:",
        "  agentos approvals edit apr_01jd3k5m6n7p8q9r0s1t2v3w4x \\",
        "      --arguments '{\"euro\": 5}'"
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

  /** Those that were shown are decided together, each for itself. */
  private int decideAll(
      List<String> approvals,
      Map<String, Object> says,
      ConfigOptions options,
      OutputOption output) {
    if (says.containsKey("digest")) {
      throw new CliException(ExitCode.USAGE, "--digest is of one approval; name only that one.");
    }
    ApiClient client = session.client(options);
    List<Map<String, Object>> decisions = new ArrayList<>();
    for (String approval : approvals) {
      Fields shown = client.get(ApiClient.path(APPROVALS, approval));
      ApprovalQuestion.lines(shown).forEach(session.terminal()::say);
      Map<String, Object> decision = new LinkedHashMap<>();
      decision.put("id", approval);
      decision.putAll(says);
      decision.put("digest", shown.text("digest"));
      decisions.add(decision);
    }
    Fields answer = client.post(APPROVALS + "/decide", Map.of("decisions", decisions));
    boolean all = true;
    List<String> lines = new ArrayList<>();
    for (Fields each : answer.list("data")) {
      boolean refused = each.has("problem");
      all &= !refused;
      String told = refused ? each.text("problem.detail") : each.text("approval.state");
      lines.add(each.text("id") + " " + told);
    }
    session.terminal().print(output.json() ? answer.pretty() : String.join("\n", lines));
    return all ? ExitCode.DONE : ExitCode.FAILED;
  }

  @Command(
      description = "Say yes beforehand to so many calls of a tool, within bounds, until a time.",
      footer = {
        "%nExample:",
        "  agentos approvals grant --tool shop.refund --agent 'shop.*' \\",
        "      --max /amount=50 --count 20 --until 2026-12-01T00:00:00Z \\",
        "      --reason \"small refunds of the sale week\""
      })
  int grant(@Mixin GrantOrder order, @Mixin ConfigOptions options, @Mixin OutputOption output) {
    Fields made = session.client(options).post(GRANTS, order.body());
    session.terminal().print(output.json() ? made.pretty() : made.text("id"));
    session.terminal().say("End it with: agentos approvals revoke " + made.text("id"));
    return ExitCode.DONE;
  }

  @Command(
      description = "List what was said yes to beforehand, newest first.",
      footer = {"%nExample:", "  agentos approvals grants"})
  int grants(@Mixin ListLimit limit, @Mixin ConfigOptions options, @Mixin OutputOption output) {
    int most = limit.limit();
    List<Fields> grants =
        session.list(session.client(options), GRANTS, Map.of(), most, grant -> true);
    Table table =
        new Table("GRANT", "TOOL", "AGENT", "BOUNDS", "RED", "USED", "UNTIL", "BY", "ENDED");
    for (Fields grant : grants) {
      table.row(
          grant.text("id"),
          grant.text("tool"),
          grant.text("agent"),
          GrantOrder.bounds(grant),
          grant.yes("red") ? "yes" : "no",
          "%d of %d".formatted(grant.number("used"), grant.number("count_max")),
          Words.instant(grant.text("expires_at")),
          grant.text("granted_by"),
          Words.instant(grant.text("revoked_at")));
    }
    session.show(output, grants, table);
    return ExitCode.DONE;
  }

  @Command(
      description = "End a standing grant at once.",
      footer = {"%nExample:", "  agentos approvals revoke grt_01jd3k5m6n7p8q9r0s1t2v3w4x"})
  int revoke(@Parameters(paramLabel = "GRANT") String grant, @Mixin ConfigOptions options) {
    session.client(options).delete(ApiClient.path(GRANTS, grant));
    session.terminal().print(grant + " revoked");
    return ExitCode.DONE;
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
