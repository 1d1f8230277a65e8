package io.agentos.server.cli;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.server.IsolationDoctor;
import io.agentos.server.McpLocks;
import io.agentos.server.PolicyFilesCheck;
import io.agentos.server.cli.Terminal.Stream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A shell in which commands are run: its folders, variables, streams, and what it is started with.
 */
final class TestShell {
  private final Path work;
  private final Path home;
  private final Map<String, String> variables = new HashMap<>();
  private Set<Stream> people = EnumSet.noneOf(Stream.class);
  private String typed = "";
  private ServerStarter starter =
      config -> {
        throw new AgentOsException(ErrorCode.ENVIRONMENT, "No server can be started here.");
      };

  /** How a command ended and what it printed. */
  record Result(int exitCode, String out, String err) {}

  TestShell(Path root) {
    try {
      work = Files.createDirectories(root.resolve("work"));
      home = Files.createDirectories(root.resolve("home"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same shell, meant for this server. */
  TestShell on(FakeServer server) {
    return with("AGENTOS_URL", server.url().toString()).with("AGENTOS_API_KEY", "aos_test");
  }

  TestShell with(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  TestShell typed(String input) {
    typed = input;
    return this;
  }

  TestShell terminal(Stream... streams) {
    people = Set.of(streams);
    return this;
  }

  TestShell starts(ServerStarter with) {
    starter = with;
    return this;
  }

  Path work() {
    return work;
  }

  Path data() {
    return home.resolve(".agentos/data");
  }

  Path write(String file, String text) throws IOException {
    Path path = work.resolve(file).normalize();
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  /** Writes what a running server leaves in the data directory. */
  void running(URI url, String key) throws IOException {
    Files.createDirectories(data());
    Files.writeString(data().resolve("admin.key"), key + "\n");
    Files.writeString(
        data().resolve("server.json"),
        "{\"url\": \"%s\", \"pid\": %d}".formatted(url, ProcessHandle.current().pid()));
  }

  Result run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            people,
            !variables.containsKey("NO_COLOR"));
    Cli cli =
        new Cli(
            new Surroundings(variables, work, home, terminal),
            new Cli.Parts(
                starter,
                new Packs(),
                new PolicyFilesCheck(),
                new IsolationDoctor(variables),
                new McpLocks(variables),
                this::bench,
                "1.2.3"));
    int exitCode = cli.run(arguments);
    return new Result(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private int bench(List<String> arguments) {
    return arguments.size();
  }

  /** Packs that are always right, and whose golden tasks are always out of date. */
  private static final class Packs implements PackCheck {
    @Override
    public String check(Path folder) {
      return folder.getFileName() + " 1.0.0, 1 agent";
    }

    @Override
    public List<String> rehash(Path folder) {
      return List.of("evals/" + folder.getFileName() + ".yaml");
    }
  }
}
