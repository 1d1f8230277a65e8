package io.agentos.server.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code agentos kill}. */
@Command(
    name = "kill",
    description = "Stop everything, or one part, at once; it stays stopped until released.",
    synopsisSubcommandLabel = "[COMMAND]",
    footer = {
      "%nExamples:",
      "  agentos kill --reason \"runaway cost\"",
      "  agentos kill --agent supabase.rls-auditor --reason \"wrong findings\"",
      "  agentos kill --tool pay.refund --dry-run             # what it would stop",
      "  agentos kill --drill --rounds 20",
      "  agentos kill list"
    })
final class KillCommand implements Callable<Integer> {
  static final String KILL_SWITCHES = "/v1/kill-switches";

  private final Session session;

  @ArgGroup private @Nullable Scope scope;

  @Option(names = "--reason", paramLabel = "TEXT", description = "why; shown to whoever is stopped")
  private String reason = "";

  @Option(
      names = "--drill",
      description = "stop nothing, but see how soon every node would take it")
  private boolean drill;

  @Option(names = "--rounds", paramLabel = "N", description = "how many drills, 1 to 1000")
  private int rounds = 1;

  @Option(names = "--dry-run", description = "stop nothing, but tell what it would stop now")
  private boolean dryRun;

  @Mixin private ConfigOptions options = new ConfigOptions();
  @Mixin private OutputOption output = new OutputOption();
  @Spec private @Nullable CommandSpec spec;

  KillCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (drill) {
      return new KillDrill(session, session.client(options), output).run(rounds());
    }
    Map<String, Object> body =
        new LinkedHashMap<>(scope == null ? Map.of("scope", "global") : scope.body());
    if (dryRun) {
      body.put("dry_run", true);
      return preview(session.client(options).post(KILL_SWITCHES, body));
    }
    if (reason.isBlank() && spec != null) {
      throw new ParameterException(spec.commandLine(), "Missing required option: '--reason=TEXT'");
    }
    body.put("reason", reason);
    Fields engaged = session.client(options).post(KILL_SWITCHES, body);
    return tell(engaged, engaged.text("id") + " holds on " + target(engaged));
  }

  private int rounds() {
    if ((rounds < 1 || rounds > KillDrill.ROUNDS_MAX) && spec != null) {
      throw new ParameterException(
          spec.commandLine(), "--rounds is 1 to %d.".formatted(KillDrill.ROUNDS_MAX));
    }
    return rounds;
  }

  private int preview(Fields impact) {
    if (output.json()) {
      session.terminal().print(impact.pretty());
    } else {
      session
          .terminal()
          .print(
              "%s would stop %s running, %d queued, %d waiting"
                  .formatted(
                      target(impact),
                      Words.count(impact.number("running"), "task"),
                      impact.number("queued"),
                      impact.number("waiting")));
    }
    return ExitCode.DONE;
  }

  private int tell(Fields engaged, String first) {
    Terminal terminal = session.terminal();
    List<Fields> nodes = engaged.list("acknowledgements");
    if (output.json()) {
      terminal.print(engaged.pretty());
    } else {
      terminal.print(first);
      for (Fields node : nodes) {
        String stopped = Words.count(node.number("stopped"), "task");
        String time = Words.time(Duration.ofMillis(node.number("latency_ms")));
        terminal.print(
            "  node %s took it after %s, %s stopped".formatted(node.text("node"), time, stopped));
      }
    }
    terminal.say("Release it with: agentos unkill " + engaged.text("id"));
    long silent = engaged.number("live_nodes") - nodes.size();
    if (silent > 0) {
      terminal.say(Words.count(silent, "node") + " did not answer in time");
    }
    return silent > 0 ? ExitCode.FAILED : ExitCode.DONE;
  }

  @Command(
      description = "List the kill switches that hold, newest first.",
      footer = {"%nExamples:", "  agentos kill list", "  agentos kill list --all"})
  int list(
      @Option(names = "--all", description = "the released ones too") boolean all,
      @Option(names = "--drills", description = "drills too") boolean drills,
      @Mixin ListLimit limit,
      @Mixin ConfigOptions where,
      @Mixin OutputOption how) {
    int most = limit.limit();
    List<Fields> switches =
        session.list(
            session.client(where),
            KILL_SWITCHES,
            drills ? Map.of("drills", "true") : Map.of(),
            most,
            each -> all || !each.has("released_at") || (drills && each.yes("drill")));
    Table table = new Table("SWITCH", "EPOCH", "ON", "REASON", "BY", "SINCE", "HOLDS", "RELEASED");
    for (Fields each : switches) {
      table.row(
          each.text("id"),
          each.text("epoch"),
          target(each),
          each.text("reason"),
          each.text("engaged_by"),
          Words.instant(each.text("engaged_at")),
          each.text("held"),
          Words.instant(each.text("released_at")));
    }
    session.show(how, switches, table);
    return ExitCode.DONE;
  }

  private static String target(Fields killSwitch) {
    return (killSwitch.text("scope") + " " + killSwitch.text("target")).strip();
  }

  /** The one part that is stopped. */
  static final class Scope {
    @Option(names = "--tenant", description = "the whole tenant of the key")
    private boolean tenant;

    @Option(names = "--pack", paramLabel = "PACK", description = "all agents of a pack")
    private String pack = "";

    @Option(names = "--agent", paramLabel = "PACK.AGENT", description = "an agent")
    private String agent = "";

    @Option(names = "--tool", paramLabel = "TOOL", description = "a tool, whoever calls it")
    private String tool = "";

    @Option(names = "--provider", paramLabel = "PROVIDER", description = "a provider of models")
    private String provider = "";

    @Option(names = "--model", paramLabel = "MODEL", description = "a model")
    private String model = "";

    @Option(names = "--task", paramLabel = "TASK", description = "a task")
    private String task = "";

    Map<String, Object> body() {
      Map<String, String> targets = new LinkedHashMap<>();
      targets.put("pack", pack);
      targets.put("agent", agent);
      targets.put("tool", tool);
      targets.put("provider", provider);
      targets.put("model", model);
      targets.put("task", task);
      return targets.entrySet().stream()
          .filter(target -> !target.getValue().isEmpty())
          .findFirst()
          .<Map<String, Object>>map(
              target -> Map.of("scope", target.getKey(), "target", target.getValue()))
          .orElse(Map.of("scope", tenant ? "tenant" : "global"));
    }
  }
}
