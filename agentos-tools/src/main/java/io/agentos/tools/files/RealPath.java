package io.agentos.tools.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Where a path leads once every link in it is followed, for files that exist and that do not. */
final class RealPath {
  private RealPath() {}

  /**
   * The real path of an absolute path; of a missing file, the real path of its nearest existing
   * parent with the missing names behind it. Empty when nobody can tell: a link that leads nowhere
   * or in a circle, a file used as a folder, a name too long, a folder that may not be entered.
   */
  static Optional<Path> of(Path absolute) {
    try {
      return Optional.of(absolute.toRealPath());
    } catch (NoSuchFileException e) {
      return ofMissing(absolute);
    } catch (IOException | SecurityException e) {
      return Optional.empty();
    }
  }

  private static Optional<Path> ofMissing(Path path) {
    Path parent = path.getParent();
    Path name = path.getFileName();
    if (parent == null || name == null || isDots(name) || Files.isSymbolicLink(path)) {
      return Optional.empty();
    }
    return of(parent).map(real -> real.resolve(name));
  }

  private static boolean isDots(Path name) {
    return name.toString().equals("..") || name.toString().equals(".");
  }
}
