package io.agentos.tools.git;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.tools.files.FileRoots;
import io.agentos.tools.files.InputSchema;
import io.agentos.tools.files.Printable;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** What the arguments of the git tools have in common. */
final class GitArguments {
  private GitArguments() {}

  /** Adds an argument that names a revision. */
  static InputSchema revision(InputSchema schema, String name, String description) {
    return schema.text(name, description, GitRepository.REVISION_LENGTH_MAX);
  }

  /** Adds the argument {@code path}. */
  static InputSchema path(InputSchema schema, String description) {
    return schema.text("path", description, FileRoots.PATH_LENGTH_MAX);
  }

  /**
   * A path as git takes it: relative to the top, which it does not leave. The file may be long
   * gone.
   *
   * @throws AgentOsException OUTSIDE_ROOTS when it leaves the top or is no path
   */
  static String path(String path) {
    try {
      Path normal = Path.of(path).normalize();
      if (!normal.isAbsolute() && !normal.startsWith("..")) {
        return normal.toString().isEmpty() ? "." : normal.toString();
      }
    } catch (InvalidPathException e) {
      // Told below like every other path that cannot be taken.
    }
    throw new AgentOsException(
        ErrorCode.OUTSIDE_ROOTS,
        "'%s' is no path inside the folder. Name one relative to it."
            .formatted(Printable.name(path)));
  }
}
