package io.agentos.server.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Files that go into a task's input, read where the command runs. */
record InputFiles(Path workingDirectory) {
  /** The largest file, so that the request stays below the server's bound of 8 MiB. */
  static final long SIZE_MAX = 6L * 1024 * 1024;

  /** The path, absolute, without needing to exist. */
  Path resolved(String option, String path) {
    try {
      return workingDirectory.resolve(path).normalize();
    } catch (InvalidPathException _) {
      throw new CliException(ExitCode.USAGE, "%s: '%s' is no path.".formatted(option, path));
    }
  }

  /** The file of this path where there is one. */
  Optional<Path> existing(String path) {
    try {
      return Optional.of(workingDirectory.resolve(path)).filter(Files::isRegularFile);
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
  }

  /** The text in a file. */
  String content(String option, String path) {
    Path file = resolved(option, path);
    if (!Files.isRegularFile(file)) {
      throw new CliException(ExitCode.USAGE, "%s: there is no file %s.".formatted(option, file));
    }
    try {
      checkSize(option, Files.size(file));
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
          .toString();
    } catch (CharacterCodingException _) {
      throw new CliException(ExitCode.USAGE, "%s: %s is no UTF-8 text.".formatted(option, file));
    } catch (IOException e) {
      throw new CliException(
          ExitCode.USAGE,
          "%s: %s cannot be read (%s).".formatted(option, file, e.getClass().getSimpleName()));
    }
  }

  /** Refuses what is too large to send. */
  static void checkSize(String option, long size) {
    if (size > SIZE_MAX) {
      throw new CliException(
          ExitCode.USAGE, "%s is larger than %d bytes.".formatted(option, SIZE_MAX));
    }
  }
}
