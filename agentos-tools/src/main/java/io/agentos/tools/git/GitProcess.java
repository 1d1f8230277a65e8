package io.agentos.tools.git;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One run of git: no shell, no input, an environment of our own, an end in any case.
 *
 * <p>Owned by one thread; two virtual threads of its own empty the pipes.
 */
final class GitProcess {
  private static final int ERROR_BYTES_MAX = 4_000;
  private static final File NOTHING = new File("/dev/null");

  private final Process process;
  private final Drain output;
  private final Drain error;

  private GitProcess(Process process, int bytesMax) {
    this.process = process;
    this.output = new Drain(process.getInputStream(), bytesMax, this::kill);
    this.error = new Drain(process.getErrorStream(), ERROR_BYTES_MAX, () -> {});
  }

  /**
   * What to run.
   *
   * @param environment all of it: nothing is inherited
   */
  record Command(List<String> words, Map<String, String> environment, Path folder) {}

  /**
   * Runs a command to its end or its bounds.
   *
   * @throws InterruptedIOException when the thread was interrupted; the process is dead by then
   */
  static GitOutput run(Command command, int bytesMax, Duration timeMax) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command.words())
            .directory(command.folder().toFile())
            .redirectInput(NOTHING);
    builder.environment().clear();
    builder.environment().putAll(command.environment());
    GitProcess running = new GitProcess(builder.start(), bytesMax);
    try {
      return running.await(timeMax);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } finally {
      running.kill();
    }
  }

  private GitOutput await(Duration timeMax) throws InterruptedException {
    boolean ended = process.waitFor(timeMax.toMillis(), TimeUnit.MILLISECONDS);
    if (!ended) {
      kill();
      process.waitFor();
    }
    String text = output.text();
    GitOutput.Ending ending =
        output.isOverfull()
            ? GitOutput.Ending.TOO_LARGE
            : ended ? GitOutput.Ending.BY_ITSELF : GitOutput.Ending.TOO_LONG;
    return new GitOutput(text, error.text(), process.exitValue(), ending);
  }

  private void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** Empties one pipe and keeps the first bytes. */
  private static final class Drain {
    private static final int CHUNK = 16 * 1024;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final Thread thread;
    private volatile boolean overfull;

    Drain(InputStream pipe, int bytesMax, Runnable whenOverfull) {
      this.thread = Thread.ofVirtual().start(() -> empty(pipe, bytesMax, whenOverfull));
    }

    private void empty(InputStream pipe, int bytesMax, Runnable whenOverfull) {
      byte[] chunk = new byte[CHUNK];
      try (pipe) {
        for (int read = pipe.read(chunk); read >= 0; read = pipe.read(chunk)) {
          kept.write(chunk, 0, Math.min(read, bytesMax - kept.size()));
          if (kept.size() == bytesMax && !overfull) {
            overfull = true;
            whenOverfull.run();
          }
        }
      } catch (IOException e) {
        // The process was killed while it was being read: what came until then is kept.
      }
    }

    boolean isOverfull() {
      return overfull;
    }

    String text() throws InterruptedException {
      thread.join();
      return kept.toString(StandardCharsets.UTF_8);
    }
  }
}
