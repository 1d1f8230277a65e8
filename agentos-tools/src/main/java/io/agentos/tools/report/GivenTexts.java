package io.agentos.tools.report;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.spi.ToolArguments;
import io.agentos.tools.files.FileRoots;
import io.agentos.tools.files.Printable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads arguments that are a text or the path of a file below the allowed roots. Immutable and
 * thread-safe.
 */
public final class GivenTexts {
  /** The largest text taken, in bytes of UTF-8. */
  public static final int BYTES_MAX = 4 * 1024 * 1024;

  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final int PATH_SHOWN_MAX = 200;

  private final FileRoots roots;

  GivenTexts(FileRoots roots) {
    this.roots = roots;
  }

  /**
   * The text of an argument that must be there.
   *
   * @param wanted what it should be, in words, such as {@code a page of HTML}
   * @param endings of names of files, such as {@code .html}; a value of one line that ends so is a
   *     path
   * @throws AgentOsException INVALID_ARGUMENTS when it is empty, too large or no text; NOT_FOUND
   *     and OUTSIDE_ROOTS for its path
   */
  public GivenText text(ToolArguments arguments, String name, String wanted, List<String> endings)
      throws IOException {
    return given(name, arguments.text(name), wanted, endings);
  }

  /** As {@link #text}; empty when the argument is absent. */
  public Optional<GivenText> optionalText(
      ToolArguments arguments, String name, String wanted, List<String> endings)
      throws IOException {
    Optional<String> value = arguments.optionalText(name);
    return value.isEmpty()
        ? Optional.empty()
        : Optional.of(given(name, value.get(), wanted, endings));
  }

  private GivenText given(String name, String value, String wanted, List<String> endings)
      throws IOException {
    String shown = name;
    String text = value;
    if (isPath(value, endings)) {
      Path path = roots.resolve(value.strip());
      shown = String.valueOf(path.getFileName());
      text = decoded(shown, bytes(path));
    } else if (value.length() > BYTES_MAX
        || value.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX) {
      throw tooLarge(shown);
    }
    text = plain(text);
    if (text.isBlank()) {
      throw wrong("%s is empty. Give %s.".formatted(Printable.name(shown), wanted));
    }
    int nul = text.indexOf('\0');
    if (nul >= 0) {
      throw wrong(
          "%s is not text: it has a NUL character in line %d. Give %s."
              .formatted(Printable.name(shown), lineOf(text, nul), wanted));
    }
    return new GivenText(Printable.name(shown), text);
  }

  private static boolean isPath(String value, List<String> endings) {
    String line = value.strip();
    String lower = line.toLowerCase(Locale.ROOT);
    return line.length() <= FileRoots.PATH_LENGTH_MAX
        && line.indexOf('\n') < 0
        && line.indexOf('<') < 0
        && line.indexOf('{') < 0
        && !lower.startsWith("http:")
        && !lower.startsWith("https:")
        && endings.stream().anyMatch(lower::endsWith);
  }

  private byte[] bytes(Path path) throws IOException {
    Path folder = path.getParent();
    if (folder == null) {
      throw wrong("'%s' is not a file.".formatted(Printable.line(path.toString(), PATH_SHOWN_MAX)));
    }
    byte[] bytes;
    try {
      bytes =
          roots.workspace(folder.toString()).bytes(path.getFileName().toString(), BYTES_MAX + 1);
    } catch (AgentOsException e) {
      if (e.code() == ErrorCode.NOT_FOUND) {
        throw wrong(
            "'%s' is not a file that exists. Name one, or give the text itself."
                .formatted(Printable.name(String.valueOf(path.getFileName()))));
      }
      throw e;
    }
    if (bytes.length > BYTES_MAX) {
      throw tooLarge(String.valueOf(path.getFileName()));
    }
    return bytes;
  }

  private static String decoded(String name, byte[] bytes) {
    Charset charset = StandardCharsets.UTF_8;
    if (bytes.length >= 2 && bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF) {
      charset = StandardCharsets.UTF_16BE;
    } else if (bytes.length >= 2 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE) {
      charset = StandardCharsets.UTF_16LE;
    }
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new AgentOsException(
          ErrorCode.INVALID_ARGUMENTS,
          "%s is not text in UTF-8. Save it with the encoding UTF-8, then run it again."
              .formatted(Printable.name(name)),
          e);
    }
  }

  private static String plain(String text) {
    String plain = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    return plain.indexOf('\r') < 0 ? plain : plain.replace("\r\n", "\n").replace('\r', '\n');
  }

  private static int lineOf(String text, int index) {
    return 1 + (int) text.substring(0, index).chars().filter(one -> one == '\n').count();
  }

  private static AgentOsException tooLarge(String name) {
    return wrong(
        "%s is larger than %d MiB. Give a part of it."
            .formatted(Printable.name(name), BYTES_MAX / (1024 * 1024)));
  }

  /** What the caller can mend. */
  public static AgentOsException wrong(String message) {
    return new AgentOsException(ErrorCode.INVALID_ARGUMENTS, message);
  }
}
