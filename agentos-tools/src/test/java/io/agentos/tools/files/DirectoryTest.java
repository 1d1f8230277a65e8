package io.agentos.tools.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DirectoryTest {
  private static final Path FILE = Path.of("file.txt");

  @TempDir Path temporary;
  private Path root;
  private Path outside;

  /** A way to open a folder by its real path. */
  interface Opening {
    Directory open(Path real) throws IOException;
  }

  static Stream<Opening> openings() {
    return Stream.of(Directory::open, NamedDirectory::new);
  }

  @BeforeEach
  void folders() throws IOException {
    root = Files.createDirectories(temporary.toRealPath().resolve("root"));
    outside = Files.createDirectories(temporary.toRealPath().resolve("outside"));
    Files.createDirectories(root.resolve("sub"));
    Files.writeString(root.resolve("sub/file.txt"), "public");
    Files.writeString(outside.resolve("file.txt"), "secret");
    Files.createSymbolicLink(root.resolve("link"), outside);
    Files.createSymbolicLink(root.resolve("link.txt"), outside.resolve("file.txt"));
  }

  @Test
  void open_onThisSystem_holdsTheFolder() throws IOException {
    try (Directory directory = Directory.open(root)) {
      assertThat(directory).isInstanceOf(HeldDirectory.class);
    }
  }

  @ParameterizedTest
  @MethodSource("openings")
  void names_areSortedAndBounded(Opening opening) throws IOException {
    try (Directory directory = opening.open(root)) {
      assertThat(directory.names(10).stream().map(Path::toString))
          .containsExactly("link", "link.txt", "sub");
    }
    try (Directory directory = opening.open(root)) {
      assertThat(directory.names(2)).hasSize(2);
    }
  }

  @ParameterizedTest
  @MethodSource("openings")
  void file_inAFolderInside_isRead(Opening opening) throws IOException {
    try (Directory directory = opening.open(root);
        Directory sub = directory.directory(Path.of("sub"));
        InputStream file = Channels.newInputStream(sub.file(FILE))) {
      assertThat(file.readAllBytes()).asString().isEqualTo("public");
    }
  }

  @ParameterizedTest
  @MethodSource("openings")
  void links_areNotFollowed(Opening opening) throws IOException {
    try (Directory directory = opening.open(root)) {
      assertThat(directory.attributes(Path.of("link")).isSymbolicLink()).isTrue();
      assertThatThrownBy(() -> directory.directory(Path.of("link")))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> directory.file(Path.of("link.txt"))).isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("openings")
  void file_afterItsFolderWasSwappedForALink_isNotTheOneOutside(Opening opening)
      throws IOException {
    try (Directory directory = opening.open(root);
        Directory sub = directory.directory(Path.of("sub"))) {
      Files.move(root.resolve("sub"), root.resolve("away"));
      Files.createSymbolicLink(root.resolve("sub"), outside);
      for (Directory open : List.of(sub)) {
        try (InputStream file = Channels.newInputStream(open.file(FILE))) {
          assertThat(file.readAllBytes()).asString().isEqualTo("public");
        } catch (IOException refused) {
          assertThat(refused).hasMessageContaining("was replaced by a link");
        }
      }
    }
  }
}
