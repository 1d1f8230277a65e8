package io.agentos.tools.files;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A text that a task gave, or that stands in a file which it named; without a byte order mark.
 *
 * @param name the last name of the file; empty when the text itself was given
 */
public record GivenText(String name, String text) {

  /**
   * What is taken.
   *
   * @param what for messages, such as {@code the task list}
   * @param endings of the names of files, lower case, such as {@code .csv}
   * @param bytesMax the longest text
   */
  public record Kind(String what, List<String> endings, int bytesMax) {
    public Kind {
      endings = List.copyOf(endings);
    }
  }

  /**
   * The text behind a value: the file, when it is one line that ends as such files do; else itself.
   *
   * @throws AgentOsException OUTSIDE_ROOTS, NOT_FOUND, or INVALID_INPUT when it is too long, empty
   *     or no text
   */
  public static GivenText of(FileRoots roots, String value, Kind kind) throws IOException {
    String path = value.strip();
    boolean named =
        path.length() <= FileRoots.PATH_LENGTH_MAX
            && path.indexOf('\n') < 0
            && kind.endings().stream().anyMatch(path.toLowerCase(Locale.ROOT)::endsWith);
    GivenText given = named ? read(roots, path, kind) : new GivenText("", unmarked(value));
    if (given.text().length() > kind.bytesMax()) {
      throw tooLong(kind);
    }
    if (given.text().isBlank()) {
      throw wrong(
          "Found an empty text where %s was wanted. Give one with content.".formatted(kind.what()));
    }
    int nul = given.text().indexOf('\0');
    if (nul >= 0) {
      throw wrong(
          "Found a NUL character in line %s of %s; that is no text. Give the text itself."
              .formatted(lineOf(given.text(), nul), kind.what()));
    }
    return given;
  }

  private static GivenText read(FileRoots roots, String path, Kind kind) throws IOException {
    Path file = roots.resolve(path);
    Path folder = file.getParent();
    Path name = file.getFileName();
    if (folder == null || name == null) {
      throw wrong("'%s' is no file. Name one.".formatted(Printable.name(path)));
    }
    byte[] bytes = bytes(roots, folder, name.toString(), kind);
    if (bytes.length > kind.bytesMax()) {
      throw tooLong(kind);
    }
    return new GivenText(Printable.name(name.toString()), decode(bytes, kind));
  }

  private static byte[] bytes(FileRoots roots, Path folder, String name, Kind kind)
      throws IOException {
    try {
      return roots.workspace(folder.toString()).bytes(name, Math.addExact(kind.bytesMax(), 1));
    } catch (AgentOsException e) {
      if (e.code() == ErrorCode.NOT_FOUND) {
        throw new AgentOsException(
            ErrorCode.NOT_FOUND,
            "Found no file '%s' where %s was wanted. Look at the name and its folder, or give the text itself."
                .formatted(Printable.name(name), kind.what()),
            e);
      }
      throw e;
    }
  }

  private static String decode(byte[] bytes, Kind kind) {
    if (begins(bytes, 0xFF, 0xFE)) {
      return unmarked(new String(bytes, StandardCharsets.UTF_16LE));
    }
    if (begins(bytes, 0xFE, 0xFF)) {
      return unmarked(new String(bytes, StandardCharsets.UTF_16BE));
    }
    Charset utf8 = StandardCharsets.UTF_8;
    CharsetDecoder decoder = utf8.newDecoder();
    CharBuffer text = CharBuffer.allocate(bytes.length);
    ByteBuffer left = ByteBuffer.wrap(bytes);
    CoderResult ended = decoder.decode(left, text, true);
    text.flip();
    if (ended.isError()) {
      throw wrong(
          "Found the byte 0x%02X in line %s of %s, which is not UTF-8. Save it as UTF-8."
              .formatted(
                  bytes[left.position()], lineOf(text.toString(), text.length()), kind.what()));
    }
    return unmarked(text.toString());
  }

  private static boolean begins(byte[] bytes, int first, int second) {
    return bytes.length > 1 && (bytes[0] & 0xFF) == first && (bytes[1] & 0xFF) == second;
  }

  private static String unmarked(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static long lineOf(String text, int index) {
    return 1 + text.substring(0, index).chars().filter(character -> character == '\n').count();
  }

  private static AgentOsException tooLong(Kind kind) {
    return wrong(
        "Found more than %s bytes where %s of at most that was wanted. Give a part of it."
            .formatted(Printable.number(kind.bytesMax()), kind.what()));
  }

  private static AgentOsException wrong(String message) {
    return new AgentOsException(ErrorCode.INVALID_INPUT, message);
  }
}
