package io.agentos.tools.files;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;

/**
 * A folder that a user named, inside an allowed root; nothing outside of it can be read through it.
 *
 * <p>A link inside may lead to another place inside. Paths are checked with every link followed,
 * and then opened step by step from the root without following any, so that a link swapped in
 * between is refused. Immutable and thread-safe.
 */
public final class Workspace {
  private final Path root;
  private final Path folder;

  /**
   * @param root the real path of the allowed root
   * @param folder the real path of the folder, inside the root
   */
  Workspace(Path root, Path folder) {
    this.root = root;
    this.folder = folder;
  }

  /** The real path of the folder. */
  public Path folder() {
    return folder;
  }

  /** The last name of the folder, to be shown. */
  public String name() {
    Path name = folder.getFileName();
    return Printable.name(name == null ? folder.toString() : name.toString());
  }

  /**
   * Where a path leads: relative to the folder, every link followed; empty for the folder itself.
   * It may be missing.
   *
   * @throws AgentOsException OUTSIDE_ROOTS when it leads out of the folder or cannot be followed;
   *     INVALID_INPUT when it is no path at all
   */
  public Path locate(String path) {
    Optional<Path> real = RealPath.of(folder.resolve(FileRoots.parse(path)));
    if (real.isEmpty() || !real.get().startsWith(folder)) {
      throw new AgentOsException(
          ErrorCode.OUTSIDE_ROOTS,
          "'%s' leads out of the folder, or cannot be followed to a place inside it. "
                  .formatted(Printable.name(path))
              + "Name a path inside, relative to the folder.");
    }
    return folder.relativize(real.get());
  }

  /**
   * As {@link #locate}, for callers who want source: git's own files hold settings and sometimes
   * passwords.
   *
   * @throws AgentOsException NOT_FOUND when it leads to one of them
   */
  Path locateSource(String path) {
    Path located = locate(path);
    for (Path name : located) {
      if (name.toString().equals(".git")) {
        throw notFound(path, "is one of git's own files, which the file tools do not show");
      }
    }
    return located;
  }

  /**
   * Opens a file.
   *
   * @throws AgentOsException NOT_FOUND when there is none or it is no plain file; and as {@link
   *     #locate}
   */
  public SeekableByteChannel open(String path) throws IOException {
    Path located = locate(path);
    Path name = Objects.requireNonNullElse(located.getFileName(), located);
    try (Directory directory = directory(parent(located))) {
      BasicFileAttributes attributes = attributes(directory, name);
      if (attributes.isDirectory()) {
        throw notFound(path, "is a folder; files.list shows what is in it");
      }
      if (!attributes.isRegularFile()) {
        throw notFound(path, "is neither a file nor a folder, and is not read");
      }
      return directory.file(name);
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw notFound(path, "does not exist; files.list shows what does");
    }
  }

  /** The first bytes of a file, at most {@code bytesMax}; throws as {@link #open}. */
  public byte[] bytes(String path, int bytesMax) throws IOException {
    try (SeekableByteChannel channel = open(path);
        InputStream stream = Channels.newInputStream(channel)) {
      return stream.readNBytes(bytesMax);
    }
  }

  /** Opens a folder by what {@link #locate} answered. */
  Directory directory(Path located) throws IOException {
    return Directory.descend(root, root.relativize(folder.resolve(located)));
  }

  /** Whether what {@link #locate} answered is a folder. */
  boolean isFolder(Path located) throws IOException {
    if (located.toString().isEmpty()) {
      return true;
    }
    try (Directory directory = directory(parent(located))) {
      return attributes(directory, Objects.requireNonNull(located.getFileName())).isDirectory();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return false;
    }
  }

  private static BasicFileAttributes attributes(Directory directory, Path name) throws IOException {
    return directory.attributes(name.toString().isEmpty() ? Path.of(".") : name);
  }

  private static Path parent(Path located) {
    return Objects.requireNonNullElse(located.getParent(), Path.of(""));
  }

  private static AgentOsException notFound(String path, String why) {
    return new AgentOsException(
        ErrorCode.NOT_FOUND, "'%s' %s.".formatted(Printable.name(path), why));
  }
}
