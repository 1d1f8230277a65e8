package io.agentos.tools.git;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.tools.files.Printable;
import io.agentos.tools.files.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The repository at the top of a workspace, to be asked with git commands that only read.
 *
 * <p>Owned by one thread; {@link #close} removes what it needed.
 */
public final class GitRepository implements AutoCloseable {
  /** The longest name of a revision, in characters. */
  public static final int REVISION_LENGTH_MAX = 200;

  private static final Bounds SMALL = new Bounds(256 * 1024, Duration.ofSeconds(10));
  private static final Pattern REVISION =
      Pattern.compile("[\\p{L}\\p{N}_@][\\p{L}\\p{N}_@./{}~^+#-]{0,199}");

  private final GitExecutable git;
  private final GitView view;
  private final Path workTree;

  private GitRepository(GitExecutable git, GitView view, Path workTree) {
    this.git = git;
    this.view = view;
    this.workTree = workTree;
  }

  /**
   * Where a run of git ends at the latest.
   *
   * @param bytesMax of its output
   */
  public record Bounds(int bytesMax, Duration timeMax) {}

  /**
   * Opens the repository of a workspace.
   *
   * @throws AgentOsException NOT_FOUND when there is no repository or no git; OUTSIDE_ROOTS when a
   *     part of the repository lies outside of the workspace
   */
  public static GitRepository open(Workspace workspace) throws IOException {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    return open(workspace, GitExecutable.find(path));
  }

  static GitRepository open(Workspace workspace, GitExecutable git) throws IOException {
    GitView view = GitView.of(workspace);
    GitRepository repository = new GitRepository(git, view, workspace.folder());
    try {
      repository.configure();
      return repository;
    } catch (IOException | RuntimeException e) {
      view.close();
      throw e;
    }
  }

  private void configure() throws IOException {
    Path foreign = Files.write(view.folder().resolve("foreign"), view.foreignConfiguration());
    List<String> words =
        List.of(
            git.program().toString(),
            "config",
            "--file",
            foreign.toString(),
            "--no-includes",
            "--null",
            "--list");
    GitOutput listed =
        GitProcess.run(
            new GitProcess.Command(words, environment(), view.folder()),
            SMALL.bytesMax(),
            SMALL.timeMax());
    Files.delete(foreign);
    if (!listed.isWhole()) {
      throw new AgentOsException(
          ErrorCode.NOT_FOUND,
          "The git repository of the folder cannot be read: its config file is broken.");
    }
    Files.writeString(view.folder().resolve("config"), GitConfiguration.text(listed.text()));
  }

  /**
   * Runs git with these arguments in the work tree. No argument may come from outside unless it is
   * behind {@code --} or from {@link #commit}.
   */
  public GitOutput run(Bounds bounds, List<String> arguments) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(git.program().toString());
    words.add("--no-pager");
    words.add("--literal-pathspecs");
    for (String setting : GitConfiguration.ALWAYS) {
      words.add("-c");
      words.add(setting);
    }
    words.addAll(arguments);
    return GitProcess.run(
        new GitProcess.Command(words, environment(), workTree),
        bounds.bytesMax(),
        bounds.timeMax());
  }

  /** As {@link #run}, for a command that has to succeed; a cut output is fine. */
  GitOutput runOrFail(Bounds bounds, List<String> arguments) throws IOException {
    GitOutput output = run(bounds, arguments);
    if (output.isFailed()) {
      throw new AgentOsException(
          ErrorCode.NOT_FOUND, "git cannot answer: %s".formatted(reason(output.error())));
    }
    return output;
  }

  private String reason(String error) {
    String shown = error.replace(view.folder().toString(), ".git").strip();
    String line = shown.lines().filter(one -> one.startsWith("fatal")).findFirst().orElse(shown);
    return line.isEmpty() ? "it gave no reason." : Printable.line(line, 300);
  }

  /**
   * The full hash of the commit that a revision such as {@code main~3} names.
   *
   * @throws AgentOsException NOT_FOUND when there is none
   */
  public String commit(String revision) throws IOException {
    if (REVISION.matcher(revision).matches()) {
      GitOutput output =
          run(SMALL, List.of("rev-parse", "--verify", "--quiet", revision + "^{commit}"));
      String hash = output.text().strip();
      if (output.isWhole() && hash.matches("[0-9a-f]{40,64}")) {
        return hash;
      }
    }
    throw new AgentOsException(
        ErrorCode.NOT_FOUND,
        "'%s' names no commit here. Take a hash from git.log, a branch or a tag, such as main~1."
            .formatted(Printable.line(revision, 100)));
  }

  private Map<String, String> environment() {
    String folder = view.folder().toString();
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", git.searchPath());
    environment.put("HOME", folder);
    environment.put("XDG_CONFIG_HOME", folder);
    environment.put("LC_ALL", "C");
    environment.put("GIT_DIR", folder);
    environment.put("GIT_WORK_TREE", workTree.toString());
    environment.put("GIT_CEILING_DIRECTORIES", folder);
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("GIT_CONFIG_SYSTEM", "/dev/null");
    environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
    environment.put("GIT_ATTR_NOSYSTEM", "1");
    environment.put("GIT_TERMINAL_PROMPT", "0");
    environment.put("GIT_OPTIONAL_LOCKS", "0");
    environment.put("GIT_NO_LAZY_FETCH", "1");
    environment.put("GIT_NO_REPLACE_OBJECTS", "1");
    environment.put("GIT_ALLOW_PROTOCOL", "none");
    return environment;
  }

  @Override
  public void close() throws IOException {
    view.close();
  }
}
