package io.agentos.tools.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * An open folder whose members are reached by name without following a link. Owned by one thread.
 *
 * <p>The way down from an allowed root goes through these and nothing else, so that a link put in
 * place of a folder after its path was checked is refused when it is opened.
 */
sealed interface Directory extends Closeable permits HeldDirectory, NamedDirectory {

  /** Opens a folder by its real path, following links in the path: for allowed roots only. */
  @SuppressWarnings("StreamResourceLeak") // what is returned owns the stream
  static Directory open(Path real) throws IOException {
    DirectoryStream<Path> stream = Files.newDirectoryStream(real);
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return new HeldDirectory(secure);
    }
    stream.close();
    return new NamedDirectory(real);
  }

  /** The names in it, sorted, at most {@code countMax} of them; may be asked for once. */
  List<Path> names(int countMax) throws IOException;

  /** What is known about a member; about a link, not about what it leads to. */
  BasicFileAttributes attributes(Path name) throws IOException;

  /** Opens a folder in it; fails on a link. */
  Directory directory(Path name) throws IOException;

  /** Opens a file in it for reading; fails on a link. */
  SeekableByteChannel file(Path name) throws IOException;

  /**
   * Opens the folder at the end of a relative path, step by step; fails on a link at any of them.
   */
  static Directory descend(Path root, Path relative) throws IOException {
    Directory current = open(root);
    for (Path name : relative) {
      if (name.toString().isEmpty()) {
        continue;
      }
      try (Directory left = current) {
        current = left.directory(name);
      }
    }
    return current;
  }
}
