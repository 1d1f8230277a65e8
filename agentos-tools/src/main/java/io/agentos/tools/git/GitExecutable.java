package io.agentos.tools.git;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The git program of the machine.
 *
 * @param program its absolute path
 * @param searchPath the PATH it is run with, absolute folders only: a relative one would be looked
 *     for in the folder of a stranger
 */
record GitExecutable(Path program, String searchPath) {

  /**
   * The first git on a search path such as the environment variable PATH.
   *
   * @throws AgentOsException NOT_FOUND when there is none
   */
  static GitExecutable find(String path) {
    List<String> folders = new ArrayList<>();
    for (String folder : path.split(File.pathSeparator, -1)) {
      if (isAbsolute(folder)) {
        folders.add(folder);
      }
    }
    for (String folder : folders) {
      Path program = Path.of(folder, "git");
      if (Files.isRegularFile(program) && Files.isExecutable(program)) {
        return new GitExecutable(program, String.join(File.pathSeparator, folders));
      }
    }
    throw new AgentOsException(
        ErrorCode.NOT_FOUND,
        "The machine AgentOS runs on has no git: no such program on its PATH. "
            + "Install git, or work without the history.");
  }

  private static boolean isAbsolute(String folder) {
    try {
      return Path.of(folder).isAbsolute();
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
