package io.agentos.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shell between the JVM and its server, around commands that are quicker than a server. */
final class LifelineTest {
  private static final Duration WAIT_MAX = Duration.ofSeconds(20);
  private static final Account SELF = new Account(List.of(), Optional.empty());

  @Test
  void endOfTheCommand_isTheEndOfTheShell(@TempDir Path folder) throws IOException {
    Path log = folder.resolve("log");
    Process process = start(log, List.of("/bin/sh", "-c", "echo out; echo err >&2; exit 7"));
    assertThat(Fixture.within(WAIT_MAX, () -> !process.isAlive())).isTrue();
    assertThat(process.exitValue()).isEqualTo(7);
    assertThat(log).content().contains("out\n", "err\n");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void endOfThePipe_stopsTheServer(boolean ownSession, @TempDir Path folder) throws IOException {
    ClusterDirectory directory = Fixture.directory(Fixture.prepared(folder));
    HostTools tools = ownSession ? Fixture.TOOLS : new HostTools(List.of());
    Process process = Fixture.bareServer(tools, directory);
    assertThat(Fixture.within(WAIT_MAX, () -> Fixture.isReady(directory))).isTrue();
    assertThat(process.isAlive()).isTrue();
    process.getOutputStream().close();
    assertThat(Fixture.within(WAIT_MAX, () -> !process.isAlive())).isTrue();
    assertThat(process.exitValue()).isEqualTo(0);
    assertThat(directory.log()).content().contains("received fast shutdown request");
    assertThat(directory.processFile()).doesNotExist();
  }

  @Test
  void endOfThePipe_beforeTheServerListensToSignals_stopsItToo(@TempDir Path folder)
      throws IOException {
    ClusterDirectory directory = Fixture.directory(Fixture.prepared(folder));
    Process process = Fixture.bareServer(Fixture.TOOLS, directory);
    process.getOutputStream().close();
    assertThat(Fixture.within(WAIT_MAX, () -> !process.isAlive())).isTrue();
    assertThat(directory.processFile()).doesNotExist();
  }

  @Test
  void signalsMeantForTheJvm_doNotEndTheShell(@TempDir Path folder) throws IOException {
    Path log = folder.resolve("log");
    Process process =
        start(log, List.of("/bin/sh", "-c", "trap '' INT TERM; echo begun; sleep 1; exit 3"));
    assertThat(Fixture.within(WAIT_MAX, () -> Files.readString(log).contains("begun"))).isTrue();
    for (String signal : List.of("INT", "TERM", "HUP", "QUIT")) {
      HostTools.signal(signal, List.of(process.pid()));
    }
    assertThat(Fixture.within(WAIT_MAX, () -> !process.isAlive())).isTrue();
    assertThat(process.exitValue()).isEqualTo(3);
  }

  @Test
  void processes_lookTheSameToLinuxAndToTheProgram() {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "Linux only");
    assumeTrue(Fixture.TOOLS.find("ps").isPresent(), "Needs ps");
    long self = ProcessHandle.current().pid();
    assertThat(commandOf(RunningProcess.fromProgram(Fixture.TOOLS), self))
        .isEqualTo(commandOf(RunningProcess.fromLinux(), self))
        .contains("java");
  }

  private static String commandOf(List<RunningProcess> processes, long pid) {
    return processes.stream()
        .filter(process -> process.pid() == pid)
        .map(RunningProcess::command)
        .findFirst()
        .orElseThrow();
  }

  private static Process start(Path log, List<String> command) throws IOException {
    return Lifeline.start(Fixture.TOOLS, SELF, command, log.toFile());
  }
}
