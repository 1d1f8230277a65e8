package io.agentos.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The sources of the project, for the tests that hold them to the house's rules. */
public final class SourceTree {
  static final List<String> MODULES =
      List.of(
          "agentos-api",
          "agentos-postgres",
          "agentos-testkit",
          "agentos-runtime",
          "agentos-adapters",
          "agentos-tools",
          "agentos-benchmarks",
          "agentos-server");

  private SourceTree() {}

  /** One Java file. */
  record Source(Path path, String text) {
    String name() {
      return root().relativize(path).toString();
    }

    String packageName() {
      int begin = text.indexOf("\npackage ");
      int from = text.startsWith("package ") ? "package ".length() : begin + "\npackage ".length();
      return text.substring(from, text.indexOf(';', from));
    }

    List<String> lines() {
      return text.lines().toList();
    }
  }

  /** The folder that holds all modules. */
  public static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.isDirectory(folder.resolve("agentos-api"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new AssertionError("the test does not run inside of the project");
    }
    return folder;
  }

  /** The main sources of a module, without its module-info. */
  static List<Source> main(String module) throws IOException {
    return read(root().resolve(module).resolve("src/main/java"));
  }

  /** The verifier of audit logs, which is no module. */
  static List<Source> verifier() throws IOException {
    return read(root().resolve("verifier"));
  }

  /** The test sources of a module. */
  static List<Source> tests(String module) throws IOException {
    return read(root().resolve(module).resolve("src/test/java"));
  }

  private static List<Source> read(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith("module-info.java"))
          .sorted()
          .map(SourceTree::source)
          .toList();
    }
  }

  private static Source source(Path file) {
    try {
      return new Source(file, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
