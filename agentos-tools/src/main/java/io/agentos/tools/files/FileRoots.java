package io.agentos.tools.files;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The folders that tools may read, as the operator set them with {@code files.roots}.
 *
 * <p>Immutable and thread-safe.
 */
public final class FileRoots {
  /** The longest path taken, in characters. */
  public static final int PATH_LENGTH_MAX = 4_096;

  private final List<Path> roots;

  private FileRoots(List<Path> roots) {
    this.roots = List.copyOf(roots);
  }

  /**
   * The roots, by their real paths as of now. None at all is allowed: then every path is outside.
   *
   * @throws AgentOsException INVALID_DEFINITION when one is not a folder that can be entered
   */
  public static FileRoots of(List<Path> folders) {
    List<Path> roots = new ArrayList<>(folders.size());
    for (Path folder : folders) {
      roots.add(realFolder(folder));
    }
    return new FileRoots(roots);
  }

  private static Path realFolder(Path folder) {
    try {
      Path real = folder.toRealPath();
      if (Files.isDirectory(real) && Files.isReadable(real)) {
        return real;
      }
    } catch (IOException e) {
      // Told below like every other folder that cannot be used.
    }
    throw new AgentOsException(
        ErrorCode.INVALID_DEFINITION,
        "files.roots names '%s', which is not a folder that can be read. Create it, or take it out."
            .formatted(Printable.name(folder.toString())));
  }

  /**
   * The real path, every link followed, of a path that is absolute or relative to the first root.
   * The file itself may be missing.
   *
   * @throws AgentOsException OUTSIDE_ROOTS when it leads out of every root or cannot be followed,
   *     with the same words whether or not it exists; INVALID_INPUT when it is no path at all
   */
  public Path resolve(String path) {
    return place(path).path();
  }

  /**
   * The folder of this path as a workspace that cannot be left.
   *
   * @throws AgentOsException OUTSIDE_ROOTS and INVALID_INPUT as {@link #resolve}, and INVALID_INPUT
   *     when it is not a folder
   */
  public Workspace workspace(String folder) {
    Place place = place(folder);
    if (!Files.isDirectory(place.path())) {
      throw new AgentOsException(
          ErrorCode.INVALID_INPUT,
          "There is no folder '%s'. Name one that exists.".formatted(Printable.name(folder)));
    }
    return new Workspace(place.root(), place.path());
  }

  private record Place(Path root, Path path) {}

  private Place place(String path) {
    if (roots.isEmpty()) {
      throw outside(path);
    }
    Optional<Path> real = RealPath.of(roots.getFirst().resolve(parse(path)));
    for (Path root : roots) {
      if (real.isPresent() && real.get().startsWith(root)) {
        return new Place(root, real.get());
      }
    }
    throw outside(path);
  }

  /** The text as a path of this system; neither empty, nor endless, nor with a NUL in it. */
  static Path parse(String path) {
    if (!path.isEmpty() && path.length() <= PATH_LENGTH_MAX) {
      try {
        return Path.of(path);
      } catch (InvalidPathException e) {
        // Told below like every other text that is no path.
      }
    }
    throw new AgentOsException(
        ErrorCode.INVALID_INPUT,
        "'%s' is not a path. A path has 1 to %d characters that this system allows in names."
            .formatted(Printable.line(path, 100), PATH_LENGTH_MAX));
  }

  private static AgentOsException outside(String path) {
    return new AgentOsException(
        ErrorCode.OUTSIDE_ROOTS,
        "'%s' is outside of the allowed folders, or cannot be followed to a place inside them. "
                .formatted(Printable.name(path))
            + "Add its folder to files.roots, or name one inside.");
  }
}
