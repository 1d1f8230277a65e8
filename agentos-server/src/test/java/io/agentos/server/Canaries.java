package io.agentos.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Values that must not be found again, in the encodings in which they are planted and looked for.
 */
final class Canaries {
  /** Of the form of an API key; belongs to nobody. */
  static final String KEY = "sk-ant-Qz7owlTz4Hoo9xKm2Vq7Nest3Egg5Wing8Feather1Talon6Beak";

  /** A number for testing that no bank gives out. */
  static final String CARD = "5555555555554444";

  static final String EMAIL = "ada.feather@kestrel-nest.example";

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final List<Form> FORMS = Form.all();

  private Canaries() {}

  /** A value in every encoding, itself first. */
  static Map<String, String> encodings(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    String base64 = Base64.getEncoder().encodeToString(bytes);
    String hex = HexFormat.of().formatHex(bytes);
    StringBuilder wide = new StringBuilder();
    value.chars().forEach(c -> wide.append((char) (c + 0xFEE0)));
    Map<String, String> encodings = new LinkedHashMap<>();
    encodings.put("plain", value);
    encodings.put("base64", base64);
    encodings.put("base64url", Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    encodings.put("hex", hex);
    encodings.put("HEX", HexFormat.of().withUpperCase().formatHex(bytes));
    encodings.put("percent", each(value, "%%%02X"));
    encodings.put("decimal references", each(value, "&#%d;"));
    encodings.put("hexadecimal references", each(value, "&#x%x;"));
    encodings.put("unicode escapes", each(value, "\\u%04x"));
    encodings.put("byte escapes", each(value, "\\x%02x"));
    encodings.put("percent twice", each(value, "%%25%02X"));
    encodings.put("base64 twice", base64(base64));
    encodings.put("hex in base64", base64(hex));
    encodings.put("zero width between", String.join("\u200b", value.split("")));
    encodings.put("full width", wide.toString());
    return encodings;
  }

  /** All values in all encodings in one text, each in a line of its own. */
  static String planted() {
    List<String> lines = new ArrayList<>();
    for (String value : List.of(KEY, CARD, EMAIL)) {
      encodings(value).values().forEach(each -> lines.add("it is " + each + " they say"));
    }
    return String.join("\n", lines);
  }

  /** The same without the key, at which gates stop whatever holds it. */
  static String withoutKey() {
    return planted().replace(KEY, "a key");
  }

  /** What of the canaries stands in these bytes, as text or as text within JSON. */
  static List<String> in(String where, byte[] bytes) {
    String all = new String(bytes, StandardCharsets.ISO_8859_1);
    List<String> found = new ArrayList<>();
    for (Form form : FORMS) {
      if (all.contains(form.bytes) || all.contains(form.quoted)) {
        found.add("%s in %s: %s".formatted(form.value, where, form.encoding));
      }
    }
    return found;
  }

  /** A canary as it may stand somewhere, each byte a character; {@code quoted} is that in JSON. */
  private record Form(String value, String encoding, String bytes, String quoted) {
    static List<Form> all() {
      List<Form> forms = new ArrayList<>();
      for (String value : List.of(KEY, CARD, EMAIL)) {
        encodings(value)
            .forEach((encoding, text) -> {
              String quoted = JSON.writeValueAsString(text);
              forms.add(
                  new Form(
                      value,
                      encoding,
                      asBytes(text),
                      asBytes(quoted.substring(1, quoted.length() - 1))));
            });
      }
      return List.copyOf(forms);
    }
  }

  /** What of the canaries stands in the files of a folder, whatever they are. */
  static List<String> under(Path folder) throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : files(folder)) {
      found.addAll(in(folder.relativize(file).toString(), Files.readAllBytes(file)));
    }
    return found;
  }

  /** The files of a folder in which a text stands. */
  static List<String> holding(Path folder, String text) throws IOException {
    List<String> holding = new ArrayList<>();
    for (Path file : files(folder)) {
      if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(asBytes(text))) {
        holding.add(folder.relativize(file).toString());
      }
    }
    return holding;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static String asBytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String each(String value, String format) {
    StringBuilder encoded = new StringBuilder();
    value.chars().forEach(c -> encoded.append(format.formatted(c)));
    return encoded.toString();
  }
}
