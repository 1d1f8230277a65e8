package io.agentos.tools.git;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.ErrorCode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = SECONDS)
final class GitProcessTest {
  private static final Duration LONG = Duration.ofSeconds(50);

  @TempDir Path folder;

  @Test
  void run_toItsEnd_hasOutputErrorAndExit() throws IOException {
    GitOutput output = run("echo out; echo err >&2; exit 3", 100, LONG);
    assertThat(output).isEqualTo(new GitOutput("out\n", "err\n", 3, GitOutput.Ending.BY_ITSELF));
    assertThat(output.isFailed()).isTrue();
    assertThat(output.isWhole()).isFalse();
  }

  @Test
  void run_input_isEmpty() throws IOException {
    assertThat(run("cat; echo end", 100, LONG).text()).isEqualTo("end\n");
  }

  @Test
  void run_endlessOutput_isCutAndKilled() throws IOException {
    GitOutput output = run("while true; do echo lots and lots; done", 10_000, LONG);
    assertThat(output.ending()).isEqualTo(GitOutput.Ending.TOO_LARGE);
    assertThat(output.text()).hasSize(10_000);
  }

  @Test
  void run_endlessErrors_areDrained() throws IOException {
    GitOutput output =
        run("i=0; while [ $i -lt 20000 ]; do echo err >&2; i=$((i+1)); done; echo ok", 100, LONG);
    assertThat(output.text()).isEqualTo("ok\n");
    assertThat(output.error()).hasSize(4_000);
  }

  @Test
  void run_tooLong_isKilled() throws IOException {
    GitOutput output = run("echo begun; exec sleep 1000", 100, Duration.ofMillis(300));
    assertThat(output.ending()).isEqualTo(GitOutput.Ending.TOO_LONG);
    assertThat(output.text()).isEqualTo("begun\n");
  }

  @Test
  void run_interrupted_killsProcessAndChildren() throws Exception {
    Path pids = folder.resolve("pids");
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                run("sleep 1000 & echo $$ $! > pids.new; mv pids.new pids; wait", 100, LONG);
              } catch (IOException e) {
                thrown.set(e);
              }
            });
    while (!Files.exists(pids)) {
      Thread.onSpinWait();
    }
    thread.interrupt();
    thread.join();
    assertThat(thrown.get()).isInstanceOf(InterruptedIOException.class);
    for (String pid : Files.readString(pids).strip().split(" ", -1)) {
      ProcessHandle.of(Long.parseLong(pid)).ifPresent(handle -> handle.onExit().join());
    }
  }

  @Test
  void find_nowhere_saysWhatToDo() {
    assertThatThrownBy(() -> GitExecutable.find("relative::" + folder))
        .hasMessage(
            "The machine AgentOS runs on has no git: no such program on its PATH. "
                + "Install git, or work without the history.")
        .extracting("code")
        .isEqualTo(ErrorCode.NOT_FOUND);
  }

  @Test
  void configuration_foreignSettings_areLetThroughOnlyWherePlain() {
    String listed =
        "core.filemode\nfalse\0core.autocrlf\ninput\0core.fsmonitor\n/evil\0core.eol\n/evil\0"
            + "extensions.objectformat\nsha256\0core.symlinks\0filter.x.clean\nevil\0";
    assertThat(GitConfiguration.text(listed))
        .isEqualTo(
            """
            [core]
            \trepositoryformatversion = 1
            \tbare = false
            \tfilemode = false
            \tautocrlf = input
            \tsymlinks = true
            [extensions]
            \tobjectformat = sha256
            """);
  }

  private GitOutput run(String script, int bytesMax, Duration timeMax) throws IOException {
    List<String> words = List.of("/bin/sh", "-c", script);
    Map<String, String> environment = Map.of("PATH", "/usr/bin:/bin");
    return GitProcess.run(new GitProcess.Command(words, environment, folder), bytesMax, timeMax);
  }
}
