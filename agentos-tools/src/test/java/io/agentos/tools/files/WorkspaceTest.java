package io.agentos.tools.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkspaceTest {
  private static final int SWAPPED_READS = 2_000;

  @TempDir Path temporary;
  private Path root;
  private Path folder;
  private Path outside;
  private Workspace workspace;

  @BeforeEach
  void folders() throws IOException {
    root = temporary.toRealPath();
    folder = Files.createDirectories(root.resolve("folder"));
    outside = Files.createDirectories(root.resolve("outside"));
    Files.writeString(outside.resolve("file.txt"), "secret");
    Files.createDirectories(folder.resolve("inside"));
    Files.writeString(folder.resolve("inside/file.txt"), "public");
    workspace = FileRoots.of(List.of(root)).workspace("folder");
  }

  @Test
  void bytes_ofAFile_areReadUpToTheBound() throws IOException {
    assertThat(read("inside/file.txt")).isEqualTo("public");
    assertThat(workspace.bytes("inside/file.txt", 3)).hasSize(3);
  }

  @Test
  void bytes_throughLinksInside_areRead() throws IOException {
    Files.createSymbolicLink(folder.resolve("link"), Path.of("inside"));
    Files.createSymbolicLink(folder.resolve("inside/again.txt"), Path.of("file.txt"));
    assertThat(read("link/again.txt")).isEqualTo("public");
  }

  @Test
  void locate_placeInTheRootButNotInTheFolder_isRefused() throws IOException {
    Files.createSymbolicLink(folder.resolve("link"), outside);
    for (String path : List.of("../outside", "link/file.txt", outside + "/file.txt", "..")) {
      assertThatThrownBy(() -> workspace.locate(path))
          .hasMessage(
              "'%s' leads out of the folder, or cannot be followed to a place inside it. "
                      .formatted(path)
                  + "Name a path inside, relative to the folder.")
          .extracting("code")
          .isEqualTo(ErrorCode.OUTSIDE_ROOTS);
    }
  }

  @Test
  void open_whatIsNoFile_saysSo() throws IOException {
    assertNotFound("inside", "'inside' is a folder; files.list shows what is in it.");
    assertNotFound(".", "'.' is a folder; files.list shows what is in it.");
    assertNotFound("none.txt", "'none.txt' does not exist; files.list shows what does.");
    assertNotFound("no/ne.txt", "'no/ne.txt' does not exist; files.list shows what does.");
    new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start().onExit().join();
    assertNotFound("pipe", "'pipe' is neither a file nor a folder, and is not read.");
  }

  @Test
  void directory_swappedForALinkAfterTheCheck_isRefused() throws IOException {
    Path located = workspace.locate("inside");
    Files.move(folder.resolve("inside"), folder.resolve("away"));
    Files.createSymbolicLink(folder.resolve("inside"), outside);
    assertThatThrownBy(() -> workspace.directory(located)).isInstanceOf(IOException.class);
  }

  @Test
  void folder_swappedForALinkAfterItsCheck_isRefused() throws IOException {
    Files.move(folder, root.resolve("away"));
    Files.createSymbolicLink(folder, outside);
    assertThatThrownBy(() -> workspace.directory(Path.of(""))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> workspace.bytes("file.txt", 100))
        .satisfiesAnyOf(
            e -> assertThat(e).isInstanceOf(IOException.class),
            e -> assertThat(e).isInstanceOf(AgentOsException.class));
  }

  @Test
  void bytes_whileAFolderIsSwappedForALink_areNeverThoseOutside() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    Path inside = folder.resolve("inside");
    Path away = folder.resolve("away");
    Path link = Files.createSymbolicLink(folder.resolve("link"), outside);
    Thread swapper = Thread.ofPlatform().start(() -> swap(over, inside, away, link));
    int reads = 0;
    try {
      for (int i = 0; i < SWAPPED_READS; i++) {
        try {
          assertThat(read("inside/file.txt")).isEqualTo("public");
          reads++;
        } catch (IOException | AgentOsException e) {
          // Swapped away at this moment: refused, as it should be.
          assertThat(e).isNotNull();
        }
      }
    } finally {
      over.set(true);
      swapper.join();
    }
    assertThat(reads).isPositive();
  }

  private static void swap(AtomicBoolean over, Path inside, Path away, Path link) {
    try {
      while (!over.get()) {
        Files.move(inside, away);
        Files.move(link, inside);
        Files.move(inside, link);
        Files.move(away, inside);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private String read(String path) throws IOException {
    return new String(workspace.bytes(path, 1_000), StandardCharsets.UTF_8);
  }

  private void assertNotFound(String path, String message) {
    assertThatThrownBy(() -> workspace.open(path))
        .hasMessage(message)
        .extracting("code")
        .isEqualTo(ErrorCode.NOT_FOUND);
  }
}
