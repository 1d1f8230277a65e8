package io.agentos.tools.git;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A real repository for tests, made by the git of the machine without any configuration of it. */
public final class GitFixture {
  private final Path folder;

  private GitFixture(Path folder) {
    this.folder = folder;
  }

  /** Makes an empty repository with the branch {@code main} in this folder. */
  public static GitFixture in(Path folder) {
    GitFixture git = new GitFixture(folder);
    git.run("init", "--quiet", "--initial-branch=main");
    return git;
  }

  static GitFixture withSha256(Path folder) {
    GitFixture git = new GitFixture(folder);
    git.run("init", "--quiet", "--initial-branch=main", "--object-format=sha256");
    return git;
  }

  public Path folder() {
    return folder;
  }

  public GitFixture write(String path, String text) {
    try {
      Path file = folder.resolve(path);
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Commits everything as of noon of a day, such as {@code 2026-03-01}. */
  public GitFixture commit(String message, String author, String day) {
    run("add", "--all");
    String noon = day + "T12:00:00Z";
    run(
        Map.of("GIT_AUTHOR_NAME", author, "GIT_AUTHOR_DATE", noon, "GIT_COMMITTER_DATE", noon),
        List.of("commit", "--quiet", "--allow-empty", "--message", message));
    return this;
  }

  public GitFixture commit(String message) {
    return commit(message, "Ada", "2026-03-01");
  }

  /** Runs git and returns what it printed. */
  public String run(String... arguments) {
    return run(Map.of(), List.of(arguments));
  }

  private String run(Map<String, String> more, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("GIT_"));
    environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("XDG_CONFIG_HOME", "/nowhere");
    environment.put("HOME", "/nowhere");
    for (String who : List.of("AUTHOR", "COMMITTER")) {
      environment.put("GIT_" + who + "_NAME", "Ada");
      environment.put("GIT_" + who + "_EMAIL", "ada@example.com");
      environment.put("GIT_" + who + "_DATE", "2026-03-01T12:00:00Z");
    }
    environment.putAll(more);
    try {
      Process process =
          builder.redirectInput(new File("/dev/null")).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("git " + arguments + ": " + output);
      }
      return output;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
