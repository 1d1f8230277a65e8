package io.agentos.tools.git;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.tools.files.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A repository folder of our own that shows the objects, branches and index of another repository,
 * and nothing of its configuration, hooks, attributes or work tree setting.
 *
 * <p>Everything it links to lies inside the workspace; a repository for which that cannot be had is
 * refused. Made for one call and deleted by {@link #close}.
 */
final class GitView implements AutoCloseable {
  private static final int HEAD_BYTES_MAX = 1_000;
  private static final int POINTER_BYTES_MAX = 4_000;
  private static final int CONFIG_BYTES_MAX = 256 * 1024;
  private static final Pattern POINTER = Pattern.compile("gitdir: ([^\\r\\n\\x00]+)\\s*");
  private static final Pattern HEAD =
      Pattern.compile("(ref: refs/[^\\s\\x00]{1,900}|[0-9a-f]{40}|[0-9a-f]{64})\\s*");
  private static final List<String> LINKED =
      List.of("objects", "refs", "packed-refs", "reftable", "index", "shallow");

  private final Workspace workspace;
  private final String repository;
  private final Path folder;

  private GitView(Workspace workspace, String repository, Path folder) {
    this.workspace = workspace;
    this.repository = repository;
    this.folder = folder;
  }

  /**
   * Makes a view of the repository at the top of a workspace.
   *
   * @throws AgentOsException NOT_FOUND when there is none, OUTSIDE_ROOTS when a part of it lies
   *     outside
   */
  static GitView of(Workspace workspace) throws IOException {
    String repository = repositoryFolder(workspace);
    checkInside(workspace, repository);
    Path folder = Files.createTempDirectory("agentos-git-").toRealPath();
    GitView view = new GitView(workspace, repository, folder);
    try {
      view.fill();
      return view;
    } catch (IOException | RuntimeException e) {
      view.close();
      throw e;
    }
  }

  /** The folder to hand to git as its repository. */
  Path folder() {
    return folder;
  }

  /** The configuration of the repository, for our own reading; cut when absurdly long. */
  byte[] foreignConfiguration() throws IOException {
    return workspace.bytes(repository + "/config", CONFIG_BYTES_MAX);
  }

  private static String repositoryFolder(Workspace workspace) throws IOException {
    Path dotGit = workspace.folder().resolve(".git");
    if (!Files.exists(dotGit, LinkOption.NOFOLLOW_LINKS)) {
      throw new AgentOsException(
          ErrorCode.NOT_FOUND,
          "The folder has no git repository at its top. Name the folder that holds .git, "
              + "or work without the history.");
    }
    if (!Files.isRegularFile(dotGit)) {
      return inside(workspace, ".git");
    }
    String pointer = text(workspace.bytes(".git", POINTER_BYTES_MAX));
    Matcher matcher = POINTER.matcher(pointer);
    if (!matcher.matches()) {
      throw broken(".git is a file that names no repository");
    }
    return inside(workspace, matcher.group(1));
  }

  /** Where a path leads, relative to the workspace; refuses what leads out. */
  private static String inside(Workspace workspace, String path) {
    try {
      return workspace.locate(path).toString();
    } catch (AgentOsException e) {
      throw outside(".git or a part of it leads elsewhere, as in a worktree or a submodule");
    }
  }

  private static void checkInside(Workspace workspace, String repository) throws IOException {
    Path folder = workspace.folder().resolve(repository);
    for (String part : LINKED) {
      inside(workspace, repository + "/" + part);
    }
    if (Files.exists(folder.resolve("commondir"), LinkOption.NOFOLLOW_LINKS)) {
      throw outside("it is a worktree of another repository");
    }
    if (!Files.isDirectory(folder.resolve("objects")) || !Files.exists(folder.resolve("HEAD"))) {
      throw broken(".git holds no repository");
    }
    for (String part : List.of("objects", "objects/pack", "objects/info")) {
      checkNoLinks(folder.resolve(part));
    }
    for (String alternates : List.of("alternates", "http-alternates")) {
      if (Files.exists(folder.resolve("objects/info").resolve(alternates))) {
        throw outside("it borrows objects from another repository (objects/info/alternates)");
      }
    }
  }

  private static void checkNoLinks(Path objects) throws IOException {
    if (!Files.isDirectory(objects)) {
      return;
    }
    try (DirectoryStream<Path> members = Files.newDirectoryStream(objects)) {
      for (Path member : members) {
        if (Files.isSymbolicLink(member)) {
          throw outside("there are links among its objects");
        }
      }
    }
  }

  private void fill() throws IOException {
    String head = text(workspace.bytes(repository + "/HEAD", HEAD_BYTES_MAX));
    if (!HEAD.matcher(head).matches()) {
      throw broken("its HEAD is not one that git writes");
    }
    Files.writeString(folder.resolve("HEAD"), head);
    Path real = workspace.folder().resolve(repository);
    for (String part : LINKED) {
      if (Files.exists(real.resolve(part))) {
        Files.createSymbolicLink(
            folder.resolve(part),
            workspace.folder().resolve(inside(workspace, repository + "/" + part)));
      }
    }
    if (!Files.exists(folder.resolve("refs"), LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(folder.resolve("refs"));
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static AgentOsException broken(String why) {
    return new AgentOsException(
        ErrorCode.NOT_FOUND, "The git repository of the folder cannot be read: %s.".formatted(why));
  }

  private static AgentOsException outside(String why) {
    return new AgentOsException(
        ErrorCode.OUTSIDE_ROOTS,
        "The git repository of the folder is not read, for it reaches out of the folder: %s. "
                .formatted(why)
            + "Name the folder of the repository itself, or work without the history.");
  }

  /** Deletes the view; the links in it, not what they lead to. */
  @Override
  public void close() throws IOException {
    delete(folder);
  }

  private static void delete(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> members = Files.newDirectoryStream(path)) {
        for (Path member : members) {
          delete(member);
        }
      }
    }
    Files.delete(path);
  }
}
