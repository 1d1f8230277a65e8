package io.agentos.tools.logs;

import io.agentos.tools.files.Printable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of a message that stays the same: what varies is put in a word for its kind. */
final class Template {
  private static final int LENGTH_MAX = 200;
  private static final Pattern VARIES =
      Pattern.compile(
          "(?<mail>[\\w.+-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,5})"
              + "|(?<url>\\bhttps?://[^\\s\"'<>]{1,2000})"
              + "|(?<uuid>\\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\b)"
              + "|(?<address>\\b\\d{1,3}(?:\\.\\d{1,3}){3}(?::\\d{1,5})?\\b)"
              + "|(?<text>\"[^\"]{0,500}\"|(?<![\\w])'[^']{0,500}')"
              + "|(?<hex>\\b0x[0-9a-fA-F]+\\b|\\b(?=[0-9a-f]{0,63}\\d)(?=[0-9a-f]{0,63}[a-f])[0-9a-f]{8,64}\\b|@[0-9a-f]{6,8}\\b)"
              + "|(?<number>(?<![\\w.])[-+]?\\d[\\d,]*(?:\\.\\d+)?(?=(?:ms|s|us|µs|ns|kb|mb|gb|KB|MB|GB|KiB|MiB|GiB|%|B|m|h)?\\b|%))"
              + "|(?<id>\\b(?=\\w{0,63}\\d)[A-Za-z]+[-_]?\\d[\\w-]*\\b)");

  private Template() {}

  /** The pattern of a message. */
  static String of(String message) {
    Matcher matcher = VARIES.matcher(message);
    StringBuilder text = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(text, Matcher.quoteReplacement("<" + kind(matcher) + ">"));
    }
    matcher.appendTail(text);
    return Printable.line(text.toString().replaceAll("\\s+", " ").strip(), LENGTH_MAX);
  }

  private static String kind(Matcher matcher) {
    for (String kind :
        new String[] {"mail", "url", "uuid", "address", "text", "hex", "number", "id"}) {
      if (matcher.group(kind) != null) {
        return kind;
      }
    }
    return "value";
  }
}
