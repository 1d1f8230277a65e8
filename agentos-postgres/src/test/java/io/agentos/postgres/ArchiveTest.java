package io.agentos.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Archives made for the test, honest and not. */
final class ArchiveTest {
  @Test
  void fileAndLink_areUnpackedWithTheirMode(@TempDir Path folder) throws IOException {
    TarArchiveEntry program = new TarArchiveEntry("bin/deep/program");
    program.setMode(0100755);
    TarArchiveEntry link = new TarArchiveEntry("bin/link", TarConstants.LF_SYMLINK);
    link.setLinkName("deep/program");
    Archive.unpack(archive(program, link), folder);
    assertThat(folder.resolve("bin/link")).hasContent("content");
    assertThat(Files.isSymbolicLink(folder.resolve("bin/link"))).isTrue();
    assertThat(Fixture.mode(folder.resolve("bin/deep/program"))).isEqualTo("rwxr-xr-x");
    assertThat(Fixture.mode(folder.resolve("bin/deep"))).isEqualTo("rwxr-xr-x");
  }

  @Test
  void fileOutsideTheFolder_isRefused(@TempDir Path folder) throws IOException {
    Path target = Files.createDirectory(folder.resolve("target"));
    InputStream archive = archive(new TarArchiveEntry("bin/../../outside"));
    assertThatThrownBy(() -> Archive.unpack(archive, target))
        .hasMessage("The archive reaches outside its folder: bin/../../outside");
    assertThat(folder.resolve("outside")).doesNotExist();
  }

  @Test
  void linkOutOfTheFolder_isRefused(@TempDir Path folder) throws IOException {
    TarArchiveEntry link = new TarArchiveEntry("lib/link", TarConstants.LF_SYMLINK);
    link.setLinkName("/etc/passwd");
    InputStream archive = archive(link);
    assertThatThrownBy(() -> Archive.unpack(archive, folder))
        .hasMessage("The archive reaches outside its folder: lib/link");
    assertThat(folder.resolve("lib/link")).doesNotExist();
  }

  @Test
  void entryOfAnotherKind_isRefused(@TempDir Path folder) throws IOException {
    InputStream archive = archive(new TarArchiveEntry("pipe", TarConstants.LF_FIFO));
    assertThatThrownBy(() -> Archive.unpack(archive, folder))
        .hasMessage("The archive holds an entry of unknown type: pipe");
  }

  private static InputStream archive(TarArchiveEntry... entries) throws IOException {
    byte[] content = "content".getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new XZOutputStream(bytes, new LZMA2Options(0)))) {
      for (TarArchiveEntry entry : entries) {
        boolean file = entry.isFile() && !entry.isSymbolicLink() && !entry.isFIFO();
        entry.setSize(file ? content.length : 0);
        tar.putArchiveEntry(entry);
        if (file) {
          tar.write(content);
        }
        tar.closeArchiveEntry();
      }
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }
}
