package io.agentos.tools.sql;

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

final class SqlFilesTest {
  @TempDir private Path folder;
  private Path root;
  private SqlFiles files;

  @BeforeEach
  void setUp() throws IOException {
    root = Files.createDirectory(folder.resolve("root"));
    files = new SqlFiles(List.of(folder.resolve("missing"), root));
    Files.writeString(folder.resolve("outside.sql"), "select 1");
  }

  @Test
  void read_belowRoot_itsText() throws IOException {
    Files.createDirectory(root.resolve("sub"));
    Files.writeString(root.resolve("sub/a.sql"), "select 'ü'");

    assertThat(files.read("sub/a.sql")).isEqualTo("select 'ü'");
    assertThat(files.read(root.resolve("sub/a.sql").toString())).isEqualTo("select 'ü'");
  }

  @Test
  void read_outside_refusedHoweverItIsSpelled() throws IOException {
    Files.createSymbolicLink(root.resolve("link.sql"), folder.resolve("outside.sql"));
    Files.createSymbolicLink(root.resolve("up"), folder);
    Files.createDirectory(root.resolve("folder.sql"));

    for (String name :
        List.of(
            "../outside.sql",
            folder.resolve("outside.sql").toString(),
            "link.sql",
            "up/outside.sql",
            "folder.sql",
            "missing.sql",
            root + "/../outside.sql")) {
      assertThatThrownBy(() -> files.read(name))
          .as(name)
          .isInstanceOfSatisfying(
              AgentOsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OUTSIDE_ROOTS))
          .hasMessage(
              "No such file below the folders that AgentOS may read. Put it there, or send the SQL"
                  + " itself instead of a path.");
    }
  }

  @Test
  void read_tooLargeOrNoText_refused() throws IOException {
    Files.write(root.resolve("large.sql"), new byte[SqlFiles.BYTES_MAX + 1]);
    Files.write(root.resolve("binary.sql"), new byte[] {(byte) 0xff, (byte) 0xfe});

    assertThatThrownBy(() -> files.read("large.sql")).hasMessage("The file is larger than 4 MiB.");
    assertThatThrownBy(() -> files.read("binary.sql")).hasMessage("The file is not text in UTF-8.");
  }
}
