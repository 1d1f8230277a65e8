package io.agentos.runtime.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a text is cut, it is redacted to the same; and what is redacted stays as it is. */
final class StreamRedactorTest {
  private static final String SECRET = "Vq7-owl.Tz4/Hoo9x";
  private static final List<String> PARTS =
      List.of(
          "the owl flies over the quiet field and ",
          "ask ada.feather@nest.example, ",
          "5555 5555 5555 4444",
          "de89 3704 0044 0532 0130 00",
          "+49 30 1234567 ",
          "219-09-9999",
          "password: hunter2!\n",
          "-----BEGIN PRIVATE KEY-----\nMIIE\nabc def ghi\n-----END PRIVATE KEY-----",
          "[redacted: a card number]",
          "<EMAIL_0123456789abcdef>",
          " [red",
          "<EMA",
          "192.168.1.17 ",
          "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-_1",
          "Dear Ms. Ada Feather, ",
          "12 Owl Street, Apt. 3\n",
          "\u200b\uff14\uff12",
          "%34%31&#50;\\u0033",
          SECRET,
          "V q 7 o w l T z 4 H o o 9 x",
          "blue heron ",
          "\ud83e\udd89",
          "\n\n",
          "ein zwei drei vier fünf sechs sieben ");

  private static final Redactor ALL =
      new Redactor(
          new RedactionRules(
              RedactionRules.of(Transform.MASK, Sensitivity.values()).transforms(),
              List.of(CustomPattern.of("owl", "owl-[0-9]+")),
              KnownValues.words(List.of("blue heron", "field"))),
          KnownValues.secrets(List.of(SECRET)),
          Substitutes.NONE);
  private static final Redactor PLAIN =
      new Redactor(
          RedactionRules.of(Transform.REMOVE, Sensitivity.values()),
          KnownValues.secrets(List.of(SECRET)),
          Substitutes.NONE);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void randomText_cutAnywhere_isTheSame(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      String text = text(random, 1 + random.nextInt(14));
      for (Redactor redactor : List.of(ALL, PLAIN, Redactor.STRICT)) {
        String whole = redactor.redact(text);
        assertThat(inPieces(redactor, text, random, 1)).isEqualTo(whole);
        assertThat(inPieces(redactor, text, random, 9)).isEqualTo(whole);
        assertThat(redactor.redact(whole)).as(text).isEqualTo(whole);
      }
    }
  }

  @Test
  void twoPieces_cutAtEachPlace_areTheSame() {
    String text = String.join(" ", PARTS);
    String whole = ALL.redact(text);
    for (int cut = 0; cut <= text.length(); cut++) {
      StreamRedactor stream = ALL.stream();
      String pieces = stream.add(text.substring(0, cut)) + stream.add(text.substring(cut));
      assertThat(pieces + stream.end()).isEqualTo(whole);
    }
    assertThat(whole).doesNotContain("5555", "hunter2", "nest.example", "MIIE", "Vq7", "1 2 3");
  }

  @Test
  void value_neverLeaksItsBeginning() {
    StreamRedactor stream = PLAIN.stream();
    StringBuilder told = new StringBuilder();
    String text = "the cards of the house are 5555 5555 5555 444";
    for (int i = 0; i < text.length(); i++) {
      told.append(stream.add(text.substring(i, i + 1)));
    }
    assertThat(told.toString()).isEqualTo("the cards of the house ");
    assertThat(told + stream.add("4") + stream.end())
        .isEqualTo("the cards of the house are [removed]");
  }

  @Test
  void textWithoutAPlaceToCut_isHeldBackOnlySoFar() {
    StreamRedactor stream = Redactor.STRICT.stream();
    String row = "x1,".repeat(20_000);
    int told = 0;
    int most = 0;
    for (int i = 0; i < row.length(); i += 100) {
      told += stream.add(row.substring(i, Math.min(row.length(), i + 100))).length();
      most = Math.max(most, i + 100 - told);
    }
    assertThat(most).isLessThanOrEqualTo(Segments.LENGTH_MAX + 100);
    assertThat(told + stream.end().length()).isEqualTo(row.length());
  }

  @Test
  void longTexts_withoutAPlaceToCut_areTheSame() {
    Random random = new Random(11);
    StringBuilder text = new StringBuilder();
    while (text.length() < 40_000) {
      text.append(PARTS.get(random.nextInt(PARTS.size())).replace(' ', ',').replace('\n', ';'));
    }
    String whole = ALL.redact(text.toString());
    assertThat(inPieces(ALL, text.toString(), random, 997)).isEqualTo(whole);
    assertThat(whole).doesNotContain("nest.example", "Vq7");
  }

  @Test
  void secret_inEachEncoding_isTaken() {
    for (String encoded : encodings(SECRET)) {
      String text = "so it is " + encoded + " they say";
      assertThat(PLAIN.redact(text)).as(encoded).isEqualTo("so it is [removed] they say");
    }
  }

  @Test
  void card_inEachEncoding_isTaken() {
    String card = "5555555555554444";
    for (String encoded : encodings(card).subList(0, 12)) {
      String text = "so it is " + encoded + " they say";
      assertThat(PLAIN.redact(text)).as(encoded).isEqualTo("so it is [removed] they say");
    }
  }

  /** The last two hide only what is looked for by its value. */
  static List<String> encodings(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    String base64 = Base64.getEncoder().encodeToString(bytes);
    List<String> encodings = new ArrayList<>();
    encodings.add(value);
    encodings.add(base64);
    encodings.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    encodings.add(HexFormat.of().formatHex(bytes));
    encodings.add(HexFormat.of().withUpperCase().formatHex(bytes));
    encodings.add(each(value, "%%%02X"));
    encodings.add(each(value, "&#%d;"));
    encodings.add(each(value, "\\u%04x"));
    encodings.add(each(value, "%%%02X").replace("%", "%25"));
    encodings.add(Base64.getEncoder().encodeToString(base64.getBytes(StandardCharsets.UTF_8)));
    encodings.add(String.join("\u200b", value.split("")));
    StringBuilder wide = new StringBuilder();
    value.chars().forEach(c -> wide.append(c > ' ' && c < 0x7F ? (char) (c + 0xFEE0) : (char) c));
    encodings.add(wide.toString());
    encodings.add(new StringBuilder(value).reverse().toString());
    encodings.add(String.join("-", value.split("")));
    return encodings;
  }

  private static String each(String value, String format) {
    StringBuilder encoded = new StringBuilder();
    value.chars().forEach(c -> encoded.append(format.formatted(c)));
    return encoded.toString();
  }

  private static String text(Random random, int parts) {
    StringBuilder text = new StringBuilder();
    for (int part = 0; part < parts; part++) {
      String next = PARTS.get(random.nextInt(PARTS.size()));
      int cut = random.nextInt(4) == 0 ? random.nextInt(next.length()) : 0;
      text.append(next, cut, next.length());
    }
    return text.toString();
  }

  private static String inPieces(Redactor redactor, String text, Random random, int most) {
    StreamRedactor stream = redactor.stream();
    StringBuilder told = new StringBuilder();
    for (int at = 0; at < text.length(); ) {
      int next = Math.min(text.length(), at + 1 + random.nextInt(most));
      told.append(stream.add(text.substring(at, next)));
      at = next;
    }
    return told.append(stream.end()).toString();
  }
}
