package io.agentos.tools.sql;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The {@code .sql} files that a caller may name: those below the allowed folders, with all links
 * resolved. Immutable.
 */
public final class SqlFiles {
  /** The largest file, and the longest SQL text. */
  public static final int BYTES_MAX = 4 * 1024 * 1024;

  private final List<Path> roots;

  /**
   * Files below {@code roots}.
   *
   * @param roots folders; one that does not exist allows nothing
   */
  public SqlFiles(List<Path> roots) {
    this.roots = List.copyOf(roots);
  }

  /**
   * The text of a file.
   *
   * @param name a path; a relative one is looked up in each allowed folder in turn
   * @throws AgentOsException OUTSIDE_ROOTS, or INVALID_ARGUMENTS when it cannot be read as text
   */
  String read(String name) {
    Path file = find(name);
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(BYTES_MAX + 1);
      if (bytes.length > BYTES_MAX) {
        throw invalid("The file is larger than %d MiB.".formatted(BYTES_MAX / (1024 * 1024)), null);
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw invalid("The file is not text in UTF-8.", e);
    } catch (IOException e) {
      throw invalid("The file cannot be read.", e);
    }
  }

  private Path find(String name) {
    List<Path> real = realRoots();
    for (Path candidate : candidates(name)) {
      Optional<Path> file = realPath(candidate).filter(Files::isRegularFile);
      if (file.isPresent() && real.stream().anyMatch(root -> file.get().startsWith(root))) {
        return file.get();
      }
    }
    throw new AgentOsException(
        ErrorCode.OUTSIDE_ROOTS,
        "No such file below the folders that AgentOS may read. Put it there, or send the SQL itself"
            + " instead of a path.");
  }

  private List<Path> candidates(String name) {
    try {
      Path path = Path.of(name);
      return path.isAbsolute()
          ? List.of(path)
          : roots.stream().map(root -> root.resolve(path)).toList();
    } catch (InvalidPathException e) {
      throw invalid("The path is not one of this system.", e);
    }
  }

  private List<Path> realRoots() {
    List<Path> real = new ArrayList<>();
    roots.forEach(root -> realPath(root).ifPresent(real::add));
    return real;
  }

  private static Optional<Path> realPath(Path path) {
    try {
      return Optional.of(path.toRealPath());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static AgentOsException invalid(String message, @Nullable Exception cause) {
    return cause == null
        ? new AgentOsException(ErrorCode.INVALID_ARGUMENTS, message)
        : new AgentOsException(ErrorCode.INVALID_ARGUMENTS, message, cause);
  }
}
