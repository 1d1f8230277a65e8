package io.agentos.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.server.LauncherFolder.Result;
import io.agentos.server.LauncherFolder.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class LauncherTest {
  /** A Maven that notes each of its builds and makes a jar. */
  private static final String MAVEN =
      """
      #!/bin/sh
      case "$*" in
        *--version*) printf '\\033[1mApache Maven VERSION (x)\\033[m\\nJava version: 17\\n'; exit ;;
      esac
      echo "$0 $*" >>"$AGENTOS_HOME/builds"
      mkdir -p "$AGENTOS_HOME/agentos-server/target"
      : >"$AGENTOS_HOME/agentos-server/target/agentos.jar"
      """;

  @TempDir private Path folder;
  private LauncherFolder launcher;
  private Path root;
  private Path home;

  @BeforeEach
  void launcher() throws IOException {
    launcher = new LauncherFolder(folder);
    root = launcher.root();
    home = launcher.home();
  }

  @Test
  void jdk_firstThatIsNewEnough() throws Exception {
    launcher.built();
    launcher.jdk("asked", "26-ea");
    launcher.jdk("usual", "25.0.3");
    launcher.jdk("jvm/java-17", "17.0.15");
    launcher.jdk("jvm/java-25", "25");

    launcher.with("JAVA_HOME", root + "/jvm/java-17");
    assertThat(launcher.launch()).isEqualTo(ran("jvm/java-25"));

    launcher.with("JAVA_HOME", root + "/usual");
    assertThat(launcher.launch()).isEqualTo(ran("usual"));

    launcher.with("AGENTOS_JAVA_HOME", root + "/asked");
    assertThat(launcher.launch()).isEqualTo(ran("asked"));
  }

  @Test
  void jdk_ofSdkman() throws Exception {
    launcher.built();
    launcher.jdk("user/.sdkman/candidates/java/27-tem", "27.1");

    Result result = launcher.with("AGENTOS_JAVA_HOME", "/none").launch();

    assertThat(result.out()).startsWith("java " + root + "/user/.sdkman/candidates/java/27-tem/");
    assertThat(result.err())
        .isEqualTo("agentos: AGENTOS_JAVA_HOME=/none is no JDK 25 or newer; looking elsewhere.\n");
  }

  @Test
  void jdk_none() throws Exception {
    launcher.jdk("jvm/java-8", "1.8.0_402");
    launcher.jdk("jvm/java-24", "24.0.2");
    Files.createDirectories(root.resolve("jvm/empty"));

    assertThat(launcher.with("JAVA_HOME", root + "/jvm/java-8").launch("doctor"))
        .isEqualTo(
            new Result(
                3,
                "",
                """
                agentos: AgentOS needs a JDK 25 or newer and found none. It looked at
                  AGENTOS_JAVA_HOME, JAVA_HOME, ROOT/jvm/*, SDKMAN and ROOT/java_home:
                  JAVA_HOME=ROOT/jvm/java-8 (JDK 1)
                  ROOT/jvm/empty (no JDK)
                  ROOT/jvm/java-24 (JDK 24)
                  ROOT/jvm/java-8 (JDK 1)
                Get one, for instance
                  with SDKMAN        sdk install java 25-tem
                  on Debian, Ubuntu  sudo apt install openjdk-25-jdk, or https://adoptium.net/installation/linux/
                  on macOS           brew install --cask temurin@25
                and, where it is installed elsewhere, set AGENTOS_JAVA_HOME to its folder.
                """
                    .replace("ROOT", root.toString())));
  }

  @Test
  void run_fromElsewhereByLink() throws Exception {
    launcher.built();
    launcher.jdk("jvm/java-25", "25");
    Files.createSymbolicLink(root.resolve("first"), Path.of("agent os/agentos"));
    Path link = Files.createSymbolicLink(root.resolve("tools/aos"), Path.of("../first"));

    Result result = launcher.start(link, "run", "a  b", "", "*", "$HOME \"x\"").end();

    assertThat(result).isEqualTo(ran("jvm/java-25", "run", "a  b", "", "*", "$HOME \"x\""));
  }

  @Test
  void build_onFirstUseAndAfterChanges() throws Exception {
    maven("3.8.6");
    launcher.write("agent os/pom.xml", "");
    Path source = launcher.write("agent os/agentos-api/src/main/java/A.java", "");
    Files.setLastModifiedTime(source, FileTime.from(Instant.EPOCH));

    Result first = launcher.launch();
    Result second = launcher.launch();
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
    Result third = launcher.launch();

    assertThat(first.err()).isEqualTo("Building AgentOS (first use, about a minute) …\n");
    assertThat(second.err()).isEmpty();
    assertThat(third.err()).isEqualTo("Building AgentOS (sources changed) …\n");
    assertThat(first.exitCode()).isEqualTo(7);
    assertThat(builds())
        .isEqualTo(
            (root
                    + "/tools/mvn -B -f "
                    + home
                    + "/pom.xml -pl agentos-server -am -Dmaven.test.skip=true -Dagentos.quick"
                    + " package\n")
                .repeat(2));
  }

  @Test
  void build_byWrapperWhereMavenIsTooOld() throws Exception {
    maven("3.8.5");
    launcher.script("agent os/mvnw", MAVEN);

    launcher.launch();

    assertThat(builds()).startsWith(home + "/mvnw -B ");
  }

  @Test
  void build_once_launchedTwice() throws Exception {
    maven("3.9.16");
    Path launch = home.resolve("agentos");

    Running one = launcher.start(launch);
    Running other = launcher.start(launch);

    assertThat(one.end().exitCode()).isEqualTo(7);
    assertThat(other.end().exitCode()).isEqualTo(7);
    assertThat(builds().lines()).hasSize(1);
  }

  @Test
  void build_afterOneThatWasKilled() throws Exception {
    maven("3.9.16");
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    launcher.write("agent os/target/build.lock/pid", ended.pid() + "\n");

    assertThat(launcher.launch().exitCode()).isEqualTo(7);
    assertThat(home.resolve("target/build.lock")).doesNotExist();
  }

  @Test
  void build_fails() throws Exception {
    launcher.jdk("jvm/java-25", "25");
    launcher.script(
        "tools/mvn",
        MAVEN.replace("VERSION", "4.0.0")
            + "echo '[INFO] wall'; echo '[ERROR] A.java:[1,2] no'; exit 1\n");

    assertThat(launcher.launch())
        .isEqualTo(
            new Result(
                3,
                "",
                """
                Building AgentOS (first use, about a minute) …
                [ERROR] A.java:[1,2] no
                agentos: the build failed; all it said is in %s/target/build.log
                """
                    .formatted(home)));
    assertThat(home.resolve("target/build.lock")).doesNotExist();
  }

  private void maven(String version) throws IOException {
    launcher.jdk("jvm/java-25", "25");
    launcher.script("tools/mvn", MAVEN.replace("VERSION", version));
  }

  private String builds() throws IOException {
    return Files.readString(home.resolve("builds"));
  }

  /** What the fake JDK prints. */
  private Result ran(String jdk, String... arguments) {
    StringBuilder out = new StringBuilder();
    out.append("java %s/%s/bin/java\nhome %s\n".formatted(root, jdk, home));
    out.append("argument -jar\n");
    out.append("argument %s/agentos-server/target/agentos.jar\n".formatted(home));
    for (String argument : arguments) {
      out.append("argument ").append(argument).append('\n');
    }
    return new Result(7, out.toString(), "");
  }
}
