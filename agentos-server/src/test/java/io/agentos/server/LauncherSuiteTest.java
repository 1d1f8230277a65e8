package io.agentos.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.server.LauncherFolder.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./agentos test}. */
@Timeout(60)
final class LauncherSuiteTest {
  /** A Maven that runs two test classes; the second ends as STATUS says. */
  private static final String MAVEN =
      """
      #!/bin/sh
      case "$*" in *--version*) echo 'Apache Maven 3.9.16'; exit ;; esac
      echo "$*" >"$AGENTOS_HOME/arguments"
      reports=$AGENTOS_HOME/agentos-api/target/surefire-reports
      mkdir -p "$reports"
      echo '<?xml version="1.0"?>' >"$reports/TEST-a.xml"
      echo '<testsuite name="a" time="0.5" tests="12" errors="0" skipped="1" failures="0">' >>"$reports/TEST-a.xml"
      echo '<testsuite name="b" time="0.5" tests="3" errors="ERRORS" skipped="0" failures="FAILURES">' >"$reports/TEST-b.xml"
      echo '[INFO] --- surefire ---'
      echo '[INFO] Building AgentOS api 0.1.0                           [2/8]'
      echo '[INFO] Running io.agentos.api.IdsTest'
      echo '[INFO] Tests run: 12, Failures: 0, Errors: 0, Skipped: 1, Time elapsed: 0.412 s -- in io.agentos.api.IdsTest'
      """;

  @TempDir private Path folder;
  private LauncherFolder launcher;

  @BeforeEach
  void launcher() throws IOException {
    launcher = new LauncherFolder(folder);
    launcher.jdk("jvm/java-25", "25");
    launcher.write(
        "agent os/agentos-old/target/surefire-reports/TEST-old.xml", "<testsuite tests=\"9\"");
  }

  @Test
  void suite_passes() throws Exception {
    launcher.script("tools/mvn", MAVEN.replace("ERRORS", "0").replace("FAILURES", "0"));

    assertThat(launcher.launch("test", "-pl", "agentos-api"))
        .isEqualTo(
            new Result(
                0,
                """
                AgentOS api
                  ok    IdsTest, 12 tests, 0.412 s
                14 passed, 0 failed, 1 skipped
                """,
                ""));
    assertThat(Files.readString(launcher.home().resolve("arguments")))
        .isEqualTo(
            "-B -f %s/pom.xml --fail-at-end -Dmaven.test.failure.ignore=true verify -pl agentos-api\n"
                .formatted(launcher.home()));
    assertThat(Files.readString(launcher.home().resolve("target/test.log")))
        .contains("[INFO] Running");
  }

  @Test
  void suite_compilesAgainWhatWasBuiltQuickly() throws Exception {
    launcher.script("tools/mvn", MAVEN.replace("ERRORS", "0").replace("FAILURES", "0"));
    Path compiled = launcher.write("agent os/agentos-api/target/classes/A.class", "");

    launcher.launch("test");
    assertThat(compiled).exists();

    launcher.write("agent os/target/quick", "");
    launcher.launch("test");
    assertThat(compiled).doesNotExist();
  }

  @Test
  void suite_fails_thoughMavenGoesOn() throws Exception {
    launcher.script(
        "tools/mvn",
        MAVEN.replace("ERRORS", "1").replace("FAILURES", "1")
            + """
            echo '[ERROR] Tests run: 3, Failures: 1, Errors: 1, Skipped: 0, Time elapsed: 1 s <<< FAILURE! -- in io.agentos.api.BTest'
            echo '[ERROR] BTest.b:5 expected 1'
            """);

    assertThat(launcher.launch("test"))
        .isEqualTo(
            new Result(
                1,
                """
                AgentOS api
                  ok    IdsTest, 12 tests, 0.412 s
                  FAIL  BTest, 3 tests, 1 s
                [ERROR] BTest.b:5 expected 1
                12 passed, 2 failed, 1 skipped
                """,
                "agentos: not all is well; all that was said is in %s/target/test.log\n"
                    .formatted(launcher.home())));
  }

  @Test
  void suite_doesNotCompile() throws Exception {
    launcher.script(
        "tools/mvn",
        """
        #!/bin/sh
        case "$*" in *--version*) echo 'Apache Maven 3.9.16'; exit ;; esac
        echo '[ERROR] A.java:[1,2] no'
        exit 1
        """);

    Result result = launcher.launch("test");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEqualTo("[ERROR] A.java:[1,2] no\n0 passed, 0 failed, 0 skipped\n");
  }
}
