package io.agentos.tools.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolResult;
import io.agentos.spi.Tool;
import io.agentos.tools.files.Call;
import io.agentos.tools.files.FileRoots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Repositories made to run something, or to show what lies outside of them. */
final class HostileRepositoryTest {
  private static final List<String> PROGRAM_KEYS =
      List.of(
          "core.fsmonitor",
          "diff.external",
          "diff.evil.command",
          "diff.evil.textconv",
          "filter.evil.clean",
          "filter.evil.process",
          "core.pager",
          "pager.diff",
          "core.sshCommand",
          "gpg.program",
          "core.alternateRefsCommand",
          "core.editor");

  @TempDir Path temporary;
  private Path folder;
  private Path outside;
  private Path marker;
  private Path program;
  private List<Tool> tools = List.of();
  private GitFixture git;

  @BeforeEach
  void repository() throws IOException {
    Path real = temporary.toRealPath();
    folder = Files.createDirectories(real.resolve("project"));
    outside = Files.createDirectories(real.resolve("outside"));
    marker = real.resolve("marker");
    program = real.resolve("program");
    Files.writeString(
        program, "#!/bin/sh\ntouch '%s'\ncat 2>/dev/null\nexit 0\n".formatted(marker));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    tools = GitTools.tools(FileRoots.of(List.of(folder)));
    git = GitFixture.in(folder);
    git.write("a.txt", "one\n").write(".gitattributes", "*.txt diff=evil filter=evil\n");
    git.commit("Begin").write("a.txt", "two\n").commit("Go on").write("a.txt", "three\n");
  }

  @Test
  void configuration_thatNamesPrograms_isNotObeyed() {
    for (String key : PROGRAM_KEYS) {
      git.run("config", key, program.toString());
    }
    git.run("config", "log.showSignature", "true");
    git.run("config", "filter.evil.required", "true");
    callAll();
    assertThat(marker).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"core.fsmonitor", "diff.external", "diff.evil.textconv", "filter.evil.clean"})
  void trap_withPlainGit_snaps(String key) {
    git.run("config", key, program.toString());
    git.run("diff");
    assertThat(marker).exists();
  }

  @Test
  void configuration_thatIncludesAnother_isNotObeyed() throws IOException {
    Path included = outside.resolve("config");
    Files.writeString(included, "[core]\n\tfsmonitor = %s\n".formatted(program));
    git.run("config", "include.path", included.toString());
    callAll();
    assertThat(marker).doesNotExist();
  }

  @Test
  void hooks_areNotRun() throws IOException {
    for (String hook : List.of("post-index-change", "post-checkout", "fsmonitor-watchman")) {
      Files.copy(program, folder.resolve(".git/hooks").resolve(hook));
    }
    git.run("config", "core.fsmonitor", "true");
    callAll();
    assertThat(marker).doesNotExist();
  }

  @Test
  void submodule_withAHostileConfiguration_isNotEntered() throws IOException {
    Path inner = Files.createDirectories(folder.resolve("inner"));
    GitFixture submodule = GitFixture.in(inner).write("x", "x").commit("Inner");
    git.run("add", "inner");
    git.run("commit", "--quiet", "--message", "Nest");
    submodule.run("config", "core.fsmonitor", program.toString());
    git.run("config", "diff.submodule", "log");
    Files.deleteIfExists(marker);
    callAll();
    assertThat(marker).doesNotExist();
  }

  @Test
  void workTreeOutside_isNotRead() throws IOException {
    Files.writeString(outside.resolve("a.txt"), "secret\n");
    git.run("config", "core.worktree", outside.toString());
    ToolResult result = call("git.diff");
    assertThat(result.text()).contains("+three").doesNotContain("secret");
  }

  @Test
  void folderSwappedForALinkOutside_isShownAsGone() throws IOException {
    git.write("sub/file.txt", "mine\n").commit("Add sub");
    Files.writeString(outside.resolve("file.txt"), "secret\n");
    Files.delete(folder.resolve("sub/file.txt"));
    Files.delete(folder.resolve("sub"));
    Files.createSymbolicLink(folder.resolve("sub"), outside);
    assertThat(call("git.diff").text()).contains("-mine").doesNotContain("secret");
  }

  @Test
  void pointerFileOutside_isRefused() throws IOException {
    Path other = Files.createDirectories(outside.resolve("other"));
    GitFixture.in(other).write("s", "secret").commit("Secret");
    move(folder.resolve(".git"), outside.resolve("away"));
    Files.writeString(folder.resolve(".git"), "gitdir: " + other + "/.git\n");
    assertRefused("leads elsewhere, as in a worktree or a submodule");
  }

  @Test
  void linkOutside_isRefused() throws IOException {
    move(folder.resolve(".git"), outside.resolve("away"));
    Files.createSymbolicLink(folder.resolve(".git"), outside.resolve("away"));
    assertRefused("leads elsewhere, as in a worktree or a submodule");
  }

  @ParameterizedTest
  @ValueSource(strings = {"objects", "refs", "index"})
  void partThatIsALinkOutside_isRefused(String part) throws IOException {
    move(folder.resolve(".git").resolve(part), outside.resolve(part));
    Files.createSymbolicLink(folder.resolve(".git").resolve(part), outside.resolve(part));
    assertRefused("leads elsewhere, as in a worktree or a submodule");
  }

  @Test
  void linkAmongObjects_isRefused() throws IOException {
    Files.createSymbolicLink(folder.resolve(".git/objects/ff"), outside);
    assertRefused("there are links among its objects");
  }

  @Test
  void borrowedObjects_areRefused() throws IOException {
    Files.writeString(folder.resolve(".git/objects/info/alternates"), outside + "\n");
    assertRefused("it borrows objects from another repository (objects/info/alternates)");
  }

  @Test
  void worktree_isRefused() {
    Path tree = folder.resolve("tree");
    git.run("worktree", "add", "--quiet", tree.toString());
    ToolResult result = Call.tool(tools, "git.log", "folder", tree.toString());
    assertThat(result.failed()).isTrue();
    assertThat(result.text()).contains("leads elsewhere, as in a worktree or a submodule");
  }

  @Test
  void brokenParts_areRefusedInWords() throws IOException {
    Files.writeString(folder.resolve(".git/HEAD"), "../../../etc/passwd");
    assertThat(call("git.log").text())
        .isEqualTo(
            "The git repository of the folder cannot be read: its HEAD is not one that git "
                + "writes.");
    Files.writeString(folder.resolve(".git/HEAD"), "ref: refs/heads/main\n");
    Files.writeString(folder.resolve(".git/config"), "[broken");
    assertThat(call("git.log").text())
        .isEqualTo("The git repository of the folder cannot be read: its config file is broken.");
  }

  @Test
  void environment_ofTheServer_isNotInherited() throws IOException {
    // A fake git that prints its environment stands in for the real one.
    Path fake = Files.writeString(temporary.resolve("git"), "#!/bin/sh\n/usr/bin/env\n");
    Files.setPosixFilePermissions(fake, PosixFilePermissions.fromString("rwxr-xr-x"));
    GitExecutable executable = GitExecutable.find("relative:" + temporary);
    assertThat(executable.searchPath()).isEqualTo(temporary.toString());
    try (GitRepository repository =
        GitRepository.open(FileRoots.of(List.of(folder)).workspace("."), executable)) {
      String environment =
          repository
              .run(new GitRepository.Bounds(10_000, java.time.Duration.ofSeconds(10)), List.of())
              .text();
      assertThat(environment.lines().map(line -> line.substring(0, line.indexOf('='))))
          .allMatch(name -> name.startsWith("GIT_") || KEPT.containsKey(name))
          .contains("GIT_CONFIG_NOSYSTEM", "GIT_TERMINAL_PROMPT");
    }
  }

  private static final Map<String, Boolean> KEPT =
      Map.of(
          "PATH",
          true,
          "HOME",
          true,
          "XDG_CONFIG_HOME",
          true,
          "LC_ALL",
          true,
          "PWD",
          true,
          "_",
          true,
          "SHLVL",
          true,
          "OLDPWD",
          true);

  private void callAll() {
    call("git.log");
    call("git.diff");
    call("git.diff", "from", "HEAD~1", "to", "HEAD");
    call("git.show", "commit", "HEAD");
    call("git.blame", "path", "a.txt");
    assertThat(call("git.diff").text()).contains("+three");
  }

  private void assertRefused(String why) {
    for (Tool tool : tools) {
      ToolResult result = call(tool.spec().name(), "path", "a.txt", "commit", "HEAD");
      assertThat(result.failed()).isTrue();
      assertThat(result.text())
          .startsWith(
              "The git repository of the folder is not read, for it reaches out of the folder: ")
          .contains(why);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to);
  }

  private ToolResult call(String tool, Object... more) {
    Object[] arguments = new Object[more.length + 2];
    arguments[0] = "folder";
    arguments[1] = folder.toString();
    System.arraycopy(more, 0, arguments, 2, more.length);
    return Call.tool(tools, tool, arguments);
  }
}
