package io.agentos.server;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A copy of the launcher in a folder of its own, with JDKs and Mavens that are shell scripts. */
final class LauncherFolder {
  private static final String JAVA =
      """
      #!/bin/sh
      echo "java $0"
      echo "home $AGENTOS_HOME"
      for argument; do
        case $argument in -X*|-D*|--sun-misc-*) ;; *) echo "argument $argument" ;; esac
      done
      exit 7
      """;

  private final Path root;
  private final Map<String, String> variables = new TreeMap<>();

  /** How the launcher ended and what it printed. */
  record Result(int exitCode, String out, String err) {}

  LauncherFolder(Path folder) throws IOException {
    root = folder.toRealPath();
    String launcher =
        Files.readString(Path.of("../agentos"))
            .replace("/usr/lib/jvm", root + "/jvm")
            .replace("/usr/libexec/java_home", root + "/java_home");
    script("agent os/agentos", launcher);
    Files.createDirectories(root.resolve("tools"));
    variables.put("HOME", root.resolve("user").toString());
    variables.put("PATH", root.resolve("tools") + ":/usr/bin:/bin");
    variables.put("LANG", "C.UTF-8");
  }

  Path root() {
    return root;
  }

  /** Where the launcher is. */
  Path home() {
    return root.resolve("agent os");
  }

  LauncherFolder with(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  /** A JDK that prints how it was called and ends with 7. */
  void jdk(String folder, String version) throws IOException {
    script(folder + "/bin/java", JAVA);
    script(folder + "/bin/javac", JAVA);
    Files.writeString(
        root.resolve(folder + "/release"),
        "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"%s\"\n".formatted(version));
  }

  /** Makes it look as if the jar had been built from what is there now. */
  void built() throws IOException {
    write("agent os/agentos-server/target/agentos.jar", "");
    write("agent os/target/built", "");
  }

  Path write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  /** A file that can be run. */
  void script(String file, String text) throws IOException {
    if (!write(file, text).toFile().setExecutable(true)) {
      throw new IOException(file + " cannot be made executable");
    }
  }

  /** Runs the launcher to its end, from a folder that is not its own. */
  Result launch(String... arguments) throws IOException, InterruptedException {
    return start(home().resolve("agentos"), arguments).end();
  }

  Running start(Path launcher, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("/bin/sh", launcher.toString()));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(root, "out", "");
    Path err = Files.createTempFile(root, "err", "");
    ProcessBuilder builder = new ProcessBuilder(command).directory(root.toFile());
    builder.environment().clear();
    builder.environment().putAll(variables);
    builder.redirectInput(Redirect.from(new File("/dev/null")));
    return new Running(
        builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start(), out, err);
  }

  /** A launcher under way. */
  record Running(Process process, Path out, Path err) {
    Result end() throws IOException, InterruptedException {
      int exitCode = process.waitFor();
      return new Result(exitCode, Files.readString(out), Files.readString(err));
    }
  }
}
