package io.agentos.server.cli;

import java.nio.file.Path;
import java.util.Map;

/** What a command finds around it. */
record Surroundings(
    Map<String, String> environment, Path workingDirectory, Path home, Terminal terminal) {
  Surroundings {
    environment = Map.copyOf(environment);
  }

  /** Those of this process. */
  static Surroundings ofProcess() {
    Map<String, String> environment = System.getenv();
    return new Surroundings(
        environment,
        Path.of("").toAbsolutePath(),
        Path.of(System.getProperty("user.home")),
        Terminal.ofProcess(environment));
  }

  /** A variable; empty when it is not set. */
  String variable(String name) {
    return environment.getOrDefault(name, "").strip();
  }
}
