package io.agentos.server.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The right to start a server for a data directory, held by one process at a time, so that of two
 * commands the second finds the server of the first. Ends with the process, however that ends.
 */
final class StartLock implements AutoCloseable {
  private static final Duration WAIT_MAX = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final FileChannel channel;

  private StartLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock, waiting for whoever has it. */
  static StartLock take(Path dataDirectory) {
    try {
      Files.createDirectories(dataDirectory);
      FileChannel channel =
          FileChannel.open(
              dataDirectory.resolve("start.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      long begun = System.nanoTime();
      for (FileLock lock = channel.tryLock(); lock == null; lock = channel.tryLock()) {
        if (System.nanoTime() - begun > WAIT_MAX.toNanos()) {
          channel.close();
          throw new CliException(
              ExitCode.ENVIRONMENT,
              "Another process has been starting a server for %s for %s; end it and try again."
                  .formatted(dataDirectory, Words.time(WAIT_MAX)));
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
      return new StartLock(channel);
    } catch (IOException e) {
      throw new CliException(
          ExitCode.ENVIRONMENT,
          "The data directory %s cannot be written (%s); choose another with --data."
              .formatted(dataDirectory, e.getClass().getSimpleName()));
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // The lock ends with the channel, closed well or not.
    }
  }
}
