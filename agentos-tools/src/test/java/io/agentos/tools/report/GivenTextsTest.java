package io.agentos.tools.report;

import static io.agentos.tools.report.Failures.assertFailed;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ToolResult;
import io.agentos.spi.Tool;
import io.agentos.tools.files.Call;
import io.agentos.tools.files.FileRoots;
import io.agentos.tools.report.TextTool.Argument;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GivenTextsTest {
  @TempDir private Path root;

  @Test
  void text_asGiven() {
    assertThat(read("a, b\r\nc\rd").text()).isEqualTo("note|a, b\nc\nd");
    assertThat(read("\uFEFFa").text()).isEqualTo("note|a");
    assertThat(read("see notes.txt\nand more").text()).startsWith("note|see");
    assertThat(read("<p>notes.txt").text()).startsWith("note|<p>");
  }

  @Test
  void path_isReadBelowTheRoots() throws IOException {
    write("notes.txt", StandardCharsets.UTF_8, "Blåbær");
    write("wide.txt", StandardCharsets.UTF_16, "Blåbær");

    assertThat(read("notes.txt").text()).isEqualTo("notes.txt|Blåbær");
    assertThat(read(root.resolve("notes.txt").toString()).text()).isEqualTo("notes.txt|Blåbær");
    assertThat(read(" wide.txt ").text()).isEqualTo("wide.txt|Blåbær");
  }

  @Test
  void path_thatCannotBeRead_saysWhy() throws IOException {
    Files.createDirectory(root.resolve("folder.txt"));
    write("latin.txt", StandardCharsets.ISO_8859_1, "Blåbær");
    write("empty.txt", StandardCharsets.UTF_8, "\n");
    Files.write(root.resolve("large.txt"), new byte[GivenTexts.BYTES_MAX + 1]);
    Files.createSymbolicLink(root.resolve("link.txt"), Path.of("/etc/hostname"));

    assertFailed(
        read("none.txt"),
        "'none.txt' is not a file that exists. Name one, or give the text itself.");
    assertFailed(
        read("folder.txt"),
        "'folder.txt' is not a file that exists. Name one, or give the text itself.");
    assertFailed(
        read("latin.txt"),
        "latin.txt is not text in UTF-8. Save it with the encoding UTF-8, then run it again.");
    assertFailed(read("empty.txt"), "empty.txt is empty. Give a note.");
    assertFailed(read("large.txt"), "large.txt is larger than 4 MiB. Give a part of it.");
    assertFailed(
        read("../secret.txt"),
        "'../secret.txt' is outside of the allowed folders, or cannot be followed to a place inside"
            + " them. Add its folder to files.roots, or name one inside.");
    assertThat(read("link.txt").text()).startsWith("'link.txt' is outside of the allowed folders");
  }

  private void write(String name, Charset charset, String text) throws IOException {
    Files.write(root.resolve(name), text.getBytes(charset));
  }

  private ToolResult read(String value) {
    Tool tool =
        new TextTool(
            FileRoots.of(List.of(root)),
            "test.read",
            "Reads a note.",
            List.of(Argument.file("note", true, "The note")),
            (texts, arguments) -> {
              GivenText given = texts.text(arguments, "note", "a note", List.of(".txt"));
              return ToolResult.ofText(given.name() + "|" + given.text());
            });
    return Call.tool(List.of(tool), "test.read", "note", value);
  }
}
