package io.agentos.tools.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FileRootsTest {
  @TempDir Path temporary;
  private Path root;
  private Path outside;
  private FileRoots roots;

  @BeforeEach
  void folders() throws IOException {
    Path real = temporary.toRealPath();
    root = Files.createDirectories(real.resolve("root"));
    outside = Files.createDirectories(real.resolve("outside"));
    Files.writeString(outside.resolve("secret.txt"), "secret");
    Files.createDirectories(root.resolve("project/src"));
    Files.writeString(root.resolve("project/src/a.txt"), "a");
    roots = FileRoots.of(List.of(root));
  }

  @Test
  void resolve_relative_isBelowTheFirstRoot() {
    assertThat(roots.resolve("project/src/a.txt")).isEqualTo(root.resolve("project/src/a.txt"));
    assertThat(roots.resolve("project/../project/./src")).isEqualTo(root.resolve("project/src"));
    assertThat(roots.resolve(".")).isEqualTo(root);
  }

  @Test
  void resolve_absoluteInside_isTaken() {
    assertThat(roots.resolve(root + "/project")).isEqualTo(root.resolve("project"));
  }

  @Test
  void resolve_insideASecondRoot_isTaken() {
    FileRoots both = FileRoots.of(List.of(root, outside));
    assertThat(both.resolve(outside + "/secret.txt")).isEqualTo(outside.resolve("secret.txt"));
  }

  @Test
  void resolve_missingFile_isItsRealParentAndTheName() throws IOException {
    Files.createSymbolicLink(root.resolve("link"), root.resolve("project"));
    assertThat(roots.resolve("link/new/deep.txt")).isEqualTo(root.resolve("project/new/deep.txt"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        "../outside/secret.txt",
        "project/../../outside",
        "/etc/passwd",
        "/",
        "//etc/passwd",
        "missing/../../outside/secret.txt",
        "project/src/a.txt/below",
        "../root-but-longer",
      })
  void resolve_outside_isRefused(String path) {
    assertRefused(path);
  }

  @Test
  void resolve_siblingWithTheSamePrefix_isRefused() throws IOException {
    Files.createDirectories(temporary.resolve("root2"));
    assertRefused(temporary.toRealPath() + "/root2");
  }

  @Test
  void resolve_linkToFileOutside_isRefused() throws IOException {
    Files.createSymbolicLink(root.resolve("link.txt"), outside.resolve("secret.txt"));
    assertRefused("link.txt");
  }

  @Test
  void resolve_missingFileBehindLinkToFolderOutside_isRefused() throws IOException {
    Files.createSymbolicLink(root.resolve("link"), outside);
    assertRefused("link/secret.txt");
    assertRefused("link/new.txt");
    assertRefused("project/../link/new.txt");
  }

  @Test
  void resolve_danglingLinkOutside_isRefusedLikeOneThatLeadsSomewhere() throws IOException {
    Files.createSymbolicLink(root.resolve("dangling"), outside.resolve("not-there.txt"));
    assertRefused("dangling");
  }

  @Test
  void resolve_linkInACircle_isRefused() throws IOException {
    Files.createSymbolicLink(root.resolve("one"), root.resolve("two"));
    Files.createSymbolicLink(root.resolve("two"), root.resolve("one"));
    assertRefused("one");
  }

  @Test
  void resolve_chainOfLinksOutside_isRefused() throws IOException {
    Files.createSymbolicLink(root.resolve("first"), Path.of("second"));
    Files.createSymbolicLink(root.resolve("second"), Path.of("../outside"));
    assertRefused("first/secret.txt");
  }

  @Test
  void resolve_nameTooLong_isRefused() {
    assertRefused("x".repeat(3_000));
  }

  @Test
  void resolve_noPathAtAll_isRefused() {
    assertInvalid("");
    assertInvalid("a\0b");
    assertInvalid("x/".repeat(3_000));
    assertThatThrownBy(() -> roots.resolve("a\0b"))
        .hasMessage(
            "'a?b' is not a path. A path has 1 to 4096 characters that this system allows in "
                + "names.");
  }

  @Test
  void resolve_unicodeNames_areTaken() throws IOException {
    Path file = Files.writeString(root.resolve("Zoë – 数据 🦊.txt"), "x");
    assertThat(roots.resolve("Zoë – 数据 🦊.txt")).isEqualTo(file);
  }

  @Test
  void resolve_withoutRoots_refusesEverything() {
    assertThatThrownBy(() -> FileRoots.of(List.of()).resolve("a"))
        .hasMessage(
            "'a' is outside of the allowed folders, or cannot be followed to a place inside them. "
                + "Add its folder to files.roots, or name one inside.");
  }

  @Test
  void of_rootThatIsALink_isItsRealFolder() throws IOException {
    Path link = Files.createSymbolicLink(temporary.resolve("link"), root);
    assertThat(FileRoots.of(List.of(link)).resolve("project")).isEqualTo(root.resolve("project"));
  }

  @Test
  void of_missingRoot_isRefused() {
    assertThatThrownBy(() -> FileRoots.of(List.of(Path.of("/not/there"))))
        .hasMessage(
            "files.roots names '/not/there', which is not a folder that can be read. "
                + "Create it, or take it out.")
        .extracting("code")
        .isEqualTo(ErrorCode.INVALID_DEFINITION);
  }

  @Test
  void workspace_fileInsteadOfFolder_isRefused() {
    assertThatThrownBy(() -> roots.workspace("project/src/a.txt"))
        .hasMessage("There is no folder 'project/src/a.txt'. Name one that exists.")
        .extracting("code")
        .isEqualTo(ErrorCode.INVALID_INPUT);
  }

  private void assertRefused(String path) {
    assertThatThrownBy(() -> roots.resolve(path))
        .isInstanceOf(AgentOsException.class)
        .hasMessageEndingWith(
            "is outside of the allowed folders, or cannot be followed to a place inside them. "
                + "Add its folder to files.roots, or name one inside.")
        .extracting("code")
        .isEqualTo(ErrorCode.OUTSIDE_ROOTS);
  }

  private void assertInvalid(String path) {
    assertThatThrownBy(() -> roots.resolve(path))
        .extracting("code")
        .isEqualTo(ErrorCode.INVALID_INPUT);
  }
}
