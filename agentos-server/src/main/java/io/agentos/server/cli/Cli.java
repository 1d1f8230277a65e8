package io.agentos.server.cli;

import io.agentos.api.AgentOsException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code agentos}: one run of one verb. Not thread-safe. */
public final class Cli {
  private final CommandLine commandLine;

  /** What the verbs need that the command line itself cannot give. */
  public record Parts(
      ServerStarter server,
      PackCheck packs,
      PolicyFiles policies,
      RlsCheck isolation,
      McpApproval mcp,
      Bench bench,
      String version) {}

  /** The command line of this process. */
  public static Cli ofProcess(Parts parts) {
    return new Cli(Surroundings.ofProcess(), parts);
  }

  Cli(Surroundings surroundings, Parts parts) {
    this.commandLine =
        commandLine(new Session(surroundings, new Servers(surroundings, parts.server())), parts);
  }

  /** Runs the verb that the arguments name and gives the exit code. */
  public int run(String... arguments) {
    return commandLine.execute(arguments);
  }

  private static CommandLine commandLine(Session session, Parts parts) {
    CommandLine root = new CommandLine(new Root());
    verbs(session, parts).forEach(root::addSubcommand);
    root.getCommandSpec()
        .version("agentos " + parts.version())
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .scopeType(ScopeType.INHERIT)
                .description("show this help")
                .build())
        .addOption(
            OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("show the version")
                .build());
    root.setOut(session.terminal().writer());
    root.setErr(session.terminal().errorWriter());
    root.setCaseInsensitiveEnumValuesAllowed(true);
    root.setColorScheme(
        CommandLine.Help.defaultColorScheme(session.terminal().colourOnOut() ? Ansi.ON : Ansi.OFF));
    root.setParameterExceptionHandler((e, _) -> wrongUsage(session.terminal(), e));
    root.setExecutionExceptionHandler((e, _, _) -> ended(session.terminal(), e));
    return root;
  }

  /** The verbs, in the order of their help. */
  private static List<Object> verbs(Session session, Parts parts) {
    return List.of(
        new UpCommand(session, parts.version()),
        new RunCommand(session),
        new TasksCommand(session),
        new ApprovalsCommand(session),
        new KillCommand(session),
        new UnkillCommand(session),
        new AuditCommand(session),
        new BudgetCommand(session),
        new CostsCommand(session),
        new ModelsCommand(session),
        new KeyCommand(session),
        new SecretCommand(session),
        new PrivacyCommand(session),
        new RetentionCommand(session),
        new HoldCommand(session),
        new EraseCommand(session),
        WebhookCommand.commandLine(session),
        new UserCommand(session),
        new TenantCommand(session),
        new PackCommand(session, parts.packs()),
        new McpCommand(session, parts.mcp()),
        new PolicyCommand(session, parts.policies()),
        new AgentCommand(session),
        new DoctorCommand(session, parts.isolation()),
        new TestCommand(),
        new BenchCommand(parts.bench()),
        new CompletionCommand(session.terminal()));
  }

  private static int wrongUsage(Terminal terminal, ParameterException e) {
    terminal.say("agentos: " + Objects.requireNonNullElse(e.getMessage(), "wrong usage"));
    List<String> nearest = nearest(e);
    if (!nearest.isEmpty()) {
      terminal.say("  Did you mean: " + String.join(", ", nearest) + "?");
    }
    terminal.say(
        "  See '%s --help'.".formatted(e.getCommandLine().getCommandSpec().qualifiedName()));
    return ExitCode.USAGE;
  }

  private static List<String> nearest(ParameterException e) {
    return e instanceof CommandLine.UnmatchedArgumentException unmatched
        ? unmatched.getSuggestions()
        : List.of();
  }

  private static int ended(Terminal terminal, Exception e) {
    if (e instanceof CliException told) {
      terminal.say("agentos: " + told.getMessage());
      return told.exitCode();
    }
    if (e instanceof AgentOsException told) {
      terminal.say("agentos: " + told.detail());
      return exitCode(told);
    }
    terminal.say("agentos: This is a defect; please report it with what follows.");
    terminal.say(stackTrace(e));
    return ExitCode.FAILED;
  }

  private static int exitCode(AgentOsException e) {
    return switch (e.code()) {
      case INVALID_DEFINITION, INVALID_REQUEST -> ExitCode.USAGE;
      case ENVIRONMENT, STORE_UNAVAILABLE -> ExitCode.ENVIRONMENT;
      case UNAUTHENTICATED, FORBIDDEN -> ExitCode.NOT_ALLOWED;
      default -> ExitCode.FAILED;
    };
  }

  private static String stackTrace(Exception e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  /** The word {@code agentos} alone, which shows what there is. */
  @Command(
      name = "agentos",
      description = "The operating system for AI agents.",
      synopsisSubcommandLabel = "COMMAND",
      footer = {
        "%nExamples:",
        "  agentos run --agent supabase.rls-auditor --input schema=schema.sql",
        "  agentos up",
        "  agentos tasks list --state waiting",
        "%nExit codes: 0 done; 1 the task failed or was refused; 2 wrong usage;",
        "3 environment; 4 not allowed; 5 the server cannot be reached."
      })
  private static final class Root implements Runnable {
    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
      if (spec != null) {
        spec.commandLine().usage(spec.commandLine().getOut());
      }
    }
  }
}
