package io.agentos.tools.files;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class WalkTest {
  private static final Walk.Bounds WIDE = new Walk.Bounds(100_000, 64, Duration.ofMinutes(1));

  @TempDir Path temporary;
  private Path folder;
  private Workspace workspace;
  private final List<String> seen = new ArrayList<>();

  @BeforeEach
  void folder() throws IOException {
    folder = Files.createDirectories(temporary.toRealPath().resolve("folder"));
    workspace = FileRoots.of(List.of(folder)).workspace(".");
  }

  @Test
  void through_linksOut_areReportedAndNotFollowed() throws IOException {
    write("../outside/secret.txt");
    write("inside/a.txt");
    Files.createSymbolicLink(folder.resolve("out"), folder.resolve("../outside"));
    Files.createSymbolicLink(folder.resolve("out.txt"), folder.resolve("../outside/secret.txt"));
    Files.createSymbolicLink(folder.resolve("nowhere"), Path.of("not-there"));
    Files.createSymbolicLink(folder.resolve("again"), Path.of("inside"));
    Files.createSymbolicLink(folder.resolve("inside/up"), Path.of(".."));
    Walk.Outcome outcome = walk(WIDE);
    assertThat(seen).containsExactly("again", "inside", "inside/a.txt", "inside/up");
    assertThat(outcome.skipped())
        .containsExactly(
            new Walk.Skipped("nowhere", Walk.Reason.LINK_OUTSIDE),
            new Walk.Skipped("out", Walk.Reason.LINK_OUTSIDE),
            new Walk.Skipped("out.txt", Walk.Reason.LINK_OUTSIDE));
    assertThat(outcome.skippedText())
        .isEqualTo(
            "Left out, links that lead out of the folder or nowhere: nowhere, out, out.txt\n");
  }

  @Test
  void through_gitignoreThatIsALinkOut_isNotRead() throws IOException {
    Files.writeString(temporary.resolve("rules"), "*.txt\n");
    Files.createSymbolicLink(folder.resolve(".gitignore"), temporary.resolve("rules"));
    write("a.txt");
    walk(WIDE);
    assertThat(seen).containsExactly("a.txt");
  }

  @Test
  void through_buildOutput_dependsOnTheBuildFileBesideIt() throws IOException {
    write("java/pom.xml");
    write("java/target/A.class");
    write("go/target/real.go");
    write("go/go.mod");
    write("go/vendor/copy.go");
    write("web/package.json");
    write("web/build/tool.js");
    Files.writeString(folder.resolve("web/.gitignore"), "/dist\n");
    walk(WIDE);
    assertThat(seen)
        .contains("go/target/real.go", "web/build/tool.js")
        .doesNotContain("java/target", "go/vendor");
  }

  @Test
  void through_deepFolders_endsAtTheDepth() throws IOException {
    write("x/".repeat(100) + "deep.txt");
    Walk.Outcome outcome = walk(WIDE);
    assertThat(seen).hasSize(65);
    assertThat(outcome.skippedCounts()).containsEntry(Walk.Reason.TOO_DEEP, 1);
  }

  @Test
  void through_manyEntries_endsAtTheBoundAndSaysSo() throws IOException {
    for (int i = 0; i < 20; i++) {
      write("file" + i);
    }
    Walk.Outcome outcome = walk(new Walk.Bounds(7, 5, Duration.ofMinutes(1)));
    assertThat(seen).hasSize(7);
    assertThat(outcome.cut()).contains("after 7 entries");
  }

  @Test
  void through_noTime_endsAtOnceAndSaysSo() throws IOException {
    write("file");
    Walk.Outcome outcome = walk(new Walk.Bounds(7, 5, Duration.ZERO));
    assertThat(seen).isEmpty();
    assertThat(outcome.cut()).contains("after 0 seconds");
  }

  @Test
  void through_interrupted_throws() throws IOException {
    write("file");
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> walk(WIDE)).isInstanceOf(InterruptedIOException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  @Timeout(value = 60, unit = SECONDS)
  void through_twentyThousandFiles_seesThemAll() throws IOException {
    for (int i = 0; i < 200; i++) {
      Path sub = Files.createDirectories(folder.resolve("d%03d/e/f".formatted(i)));
      for (int j = 0; j < 100; j++) {
        Files.createFile(sub.resolve("f" + j));
      }
    }
    Walk.Outcome outcome = walk(new Walk.Bounds(50_000, 64, Duration.ofSeconds(20)));
    assertThat(outcome.cut()).isEmpty();
    assertThat(outcome.entries()).isEqualTo(20_600);
    seen.clear();
    assertThat(walk(new Walk.Bounds(5_000, 64, Duration.ofSeconds(20))).cut())
        .contains("after 5,000 entries");
    assertThat(seen).hasSize(5_000);
  }

  @Test
  void through_unreadableAndStrangeMembers_goesOn() throws IOException {
    write("a.txt");
    new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start().onExit().join();
    Walk.Outcome outcome = walk(WIDE);
    assertThat(seen).containsExactly("a.txt");
    assertThat(outcome.skipped()).containsExactly(new Walk.Skipped("pipe", Walk.Reason.NOT_A_FILE));
  }

  @Test
  void through_visitorThatFails_countsTheEntryAndGoesOn() throws IOException {
    write("a.txt");
    write("b.txt");
    Walk.Outcome outcome =
        Walk.through(
            workspace,
            Path.of(""),
            WIDE,
            entry -> {
              if (entry.path().equals("a.txt")) {
                throw new IOException("locked");
              }
              return seen.add(entry.path());
            });
    assertThat(seen).containsExactly("b.txt");
    assertThat(outcome.skipped())
        .containsExactly(new Walk.Skipped("a.txt", Walk.Reason.UNREADABLE));
  }

  private Walk.Outcome walk(Walk.Bounds bounds) throws IOException {
    return Walk.through(workspace, Path.of(""), bounds, entry -> seen.add(entry.path()));
  }

  private void write(String path) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, "");
  }
}
