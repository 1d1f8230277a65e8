package io.agentos.server;

import io.agentos.server.bench.Benchmarks;
import io.agentos.server.cli.Cli;
import java.util.Optional;

/** Where the process begins. */
public final class Main {
  private Main() {}

  /** Runs the verb that the arguments name and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // Logback reads this when the first logger is made: a server tells what it does, a command not.
    boolean server = arguments.length > 0 && arguments[0].equals("up");
    System.setProperty("agentos.log", server ? "INFO" : "WARN");
    String version =
        Optional.ofNullable(Main.class.getPackage().getImplementationVersion()).orElse("unbuilt");
    Cli.Parts parts =
        new Cli.Parts(
            AgentOs::start,
            new PackFolderCheck(),
            new PolicyFilesCheck(),
            new IsolationDoctor(System.getenv()),
            new McpLocks(System.getenv()),
            Benchmarks::run,
            version);
    System.exit(Cli.ofProcess(parts).run(arguments));
  }
}
