package io.agentos.server.cli;

import io.agentos.server.config.Config;
import io.agentos.server.config.ConfigLoader.Flag;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agentos up}. */
@Command(
    name = "up",
    description = "Start the server and its Postgres; Ctrl-C stops both.",
    footer = {
      "%nExamples:",
      "  agentos up",
      "  agentos up --port 8080 --data /var/lib/agentos",
      "  AGENTOS_DATABASE_URL=postgresql://me:secret@db/agentos agentos up \\",
      "      --host 0.0.0.0"
    })
final class UpCommand implements Callable<Integer> {
  private final Session session;
  private final String version;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "where to listen (default: 127.0.0.1)")
  private @Nullable String host;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "where to listen; 0 takes a free port (default: 7070)")
  private @Nullable String port;

  @Option(
      names = "--demo",
      description = "submit the demo tasks of every pack, so that there is something to see")
  private boolean demo;

  @Mixin private ConfigOptions options = new ConfigOptions();

  UpCommand(Session session, String version) {
    this.session = session;
    this.version = version;
  }

  @Override
  public Integer call() throws InterruptedException {
    long begun = System.nanoTime();
    Config config = session.config(options, flags());
    boolean newKey = !Files.exists(config.data().adminKeyFile());
    try (RunningServer server = start(config)) {
      Runtime.getRuntime()
          .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(server::close));
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      session.terminal().print(banner(config, server, newKey, took));
      if (demo) {
        new DemoTasks(session).submit(config, session.servers().client(server, config));
      }
      server.awaitShutdown();
    }
    return ExitCode.DONE;
  }

  private RunningServer start(Config config) {
    try (StartLock _ = StartLock.take(config.data().directory())) {
      Optional<URI> other = session.servers().running(config);
      if (other.isPresent()) {
        throw new CliException(
            ExitCode.ENVIRONMENT,
            "A server for %s already runs at %s.\n  Use that one, or choose another with --data."
                .formatted(config.data().directory(), other.get()));
      }
      session.terminal().show("  starting");
      RunningServer server = session.servers().start(config);
      session.terminal().show("");
      return server;
    }
  }

  private List<Flag> flags() {
    List<Flag> flags = new ArrayList<>(options.flags());
    if (host != null) {
      flags.add(new Flag("--host", "server.host", host));
    }
    if (port != null) {
      flags.add(new Flag("--port", "server.port", port));
    }
    return flags;
  }

  private String banner(Config config, RunningServer server, boolean newKey, Duration took) {
    Path keyFile = config.data().adminKeyFile();
    return """
    AgentOS %s is up after %s.

      API      %s
      sign in  %s
      key      %s
      data     %s
    %s
    Ctrl-C stops it.
    """
        .formatted(
            version,
            Words.time(took),
            server.url() + "/v1",
            server
                .signInLink()
                .map(link -> link + " (once, within 15 minutes)")
                .orElse("at " + server.url() + "/sign-in"),
            newKey ? read(keyFile) + ", kept in " + keyFile : "in " + keyFile,
            config.data().directory(),
            config
                .models()
                .replay()
                .map("  replays  %s; no model is asked\n"::formatted)
                .orElse(""));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException _) {
      return "new";
    }
  }
}
