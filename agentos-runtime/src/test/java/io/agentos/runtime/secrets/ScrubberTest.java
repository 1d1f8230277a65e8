package io.agentos.runtime.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.ToolResult;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Gives values back in every form that a tool may give them, and looks for what is left of them.
 */
final class ScrubberTest {
  private static final String VALUE = "p4$$w+rd/\"<ü>&\\ 9z";
  private static final String NAME = "[secret:crm]";
  private static final long SEED = 5;

  private final Scrubber scrubber = new Scrubber(Map.of(VALUE, NAME));

  @Test
  void value_asItIs_isReplacedAndTheRestStays() {
    assertThat(scrubber.text("a " + VALUE + " b " + VALUE))
        .isEqualTo("a [secret:crm] b [secret:crm]");
    assertThat(scrubber.text("nothing of it, 100 % & <b>")).isEqualTo("nothing of it, 100 % & <b>");
  }

  @Test
  void value_inEveryEncoding_isReplaced() {
    Map<String, UnaryOperator<String>> forms = forms();
    forms.forEach((name, form) -> {
      String text = "before|" + form.apply(VALUE) + "|after";
      assertThat(scrubber.text(text)).as(name).isEqualTo("before|[secret:crm]|after");
    });
    forms.forEach((outer, second) ->
        forms.forEach((inner, first) -> {
          if (isEscape(outer)) {
            String text = "before|" + second.apply(first.apply(VALUE)) + "|after";
            assertThat(scrubber.text(text)).as(outer + " of " + inner).contains(NAME);
            assertThat(scrubber.text(text)).as(outer + " of " + inner).doesNotContain("w+rd", "9z");
          }
        }));
  }

  @Test
  void value_withinBase64OfMore_losesItsOwnCharacters() {
    for (String before : List.of("", "a", "ab", "abc", "user:")) {
      String whole = before + VALUE + ":tail";
      String encoded = Base64.getEncoder().encodeToString(whole.getBytes(StandardCharsets.UTF_8));
      String clean = scrubber.text(encoded);
      assertThat(clean).contains(NAME);
      assertThat(clean.replace(NAME, "").length()).isLessThan(encoded.length() - VALUE.length());
    }
  }

  @Test
  void base64_brokenIntoLines_isReplaced() {
    String encoded =
        Base64.getMimeEncoder(8, new byte[] {'\r', '\n'})
            .encodeToString(VALUE.getBytes(StandardCharsets.UTF_8));
    assertThat(scrubber.text(encoded)).startsWith(NAME);
  }

  @Test
  void linesOfALongValue_areReplacedOneByOne() {
    String key = "-----BEGIN THING-----\nQUJDREVGR0hJSktMTU5P\nshort\n-----END THING-----";
    Scrubber lines = new Scrubber(Map.of(key, "[secret:key]"));
    assertThat(lines.text("2: QUJDREVGR0hJSktMTU5P")).isEqualTo("2: [secret:key]");
    assertThat(lines.text("short")).isEqualTo("short");
  }

  @Test
  void result_isScrubbedInTextFieldsNamesAndNumbers() {
    Scrubber digits = new Scrubber(Map.of("1234567890", "[secret:pin]"));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("a", List.of(Map.of("x1234567890", 1234567890L)));
    fields.put("b", 12L);
    ToolResult clean = digits.result(new ToolResult("is 1234567890.", fields, true));
    assertThat(clean.text()).isEqualTo("is [secret:pin].");
    assertThat(clean.failed()).isTrue();
    assertThat(clean.fields().toString()).isEqualTo("{a=[{x[secret:pin]=[secret:pin]}], b=12}");
  }

  @Test
  void result_thatWouldGrowBeyondTheBound_isCut() {
    Scrubber digits = new Scrubber(Map.of("12345678", "[secret:a-rather-long-name]"));
    ToolResult full = ToolResult.ofText("12345678".repeat(ToolResult.TEXT_LENGTH_MAX / 8));
    assertThat(digits.result(full).text()).doesNotContain("12345678");
  }

  @Test
  void failure_losesValueAndCause() {
    AgentOsException failure =
        new AgentOsException(
            ErrorCode.TOOL_FAILED, "refused " + VALUE, new IllegalStateException(VALUE));
    AgentOsException clean = scrubber.failure(failure);
    assertThat(clean.code()).isEqualTo(ErrorCode.TOOL_FAILED);
    assertThat(clean.detail()).isEqualTo("refused [secret:crm]");
    assertThat(clean.getCause()).isNull();
    assertThat(clean.getStackTrace()).isEqualTo(failure.getStackTrace());
    assertThat(scrubber.broken(new IllegalArgumentException(VALUE)))
        .hasMessage("a tool that held a secret broke with java.lang.IllegalArgumentException");
  }

  @Test
  void randomTextsWithoutTheValue_stayAsTheyAre() {
    Random random = new Random(SEED);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(200); n > 0; n--) {
        text.appendCodePoint("%&\\u0041;#x +/=ü😀abz0".codePointAt(random.nextInt(17)));
      }
      String clean = text.toString();
      assertThat(scrubber.text(clean)).isEqualTo(clean);
      int at =
          clean.offsetByCodePoints(0, random.nextInt(clean.codePointCount(0, clean.length()) + 1));
      String dirty = clean.substring(0, at) + VALUE + clean.substring(at);
      assertThat(scrubber.text(dirty))
          .isEqualTo(clean.substring(0, at) + NAME + clean.substring(at));
    }
  }

  private static boolean isEscape(String form) {
    return form.startsWith("url") || form.startsWith("json") || form.startsWith("html");
  }

  private static Map<String, UnaryOperator<String>> forms() {
    Map<String, UnaryOperator<String>> forms = new LinkedHashMap<>();
    forms.put("as it is", text -> text);
    forms.put("upper case", text -> text.toUpperCase(Locale.ROOT).replace("Ü", "ü"));
    forms.put("reversed", text -> new StringBuilder(text).reverse().toString());
    forms.put("base64", text -> base64(text, Base64.getEncoder().withoutPadding()));
    forms.put("base64url", text -> base64(text, Base64.getUrlEncoder().withoutPadding()));
    forms.put("hex", text -> HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)));
    forms.put(
        "HEX",
        text -> HexFormat.of().withUpperCase().formatHex(text.getBytes(StandardCharsets.UTF_8)));
    forms.put("url form", text -> URLEncoder.encode(text, StandardCharsets.UTF_8));
    forms.put("url of all", ScrubberTest::percent);
    forms.put("json", text -> text.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/"));
    forms.put("json of all", ScrubberTest::unicode);
    forms.put(
        "html",
        text ->
            text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("ü", "&#252;"));
    forms.put("spaced", text -> String.join("\n", text.replace(" ", "").split("")));
    return forms;
  }

  private static String base64(String text, Base64.Encoder encoder) {
    String whole = encoder.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    int decided = text.getBytes(StandardCharsets.UTF_8).length * 8 / 6;
    return whole.substring(0, decided);
  }

  private static String percent(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
      encoded.append("%%%02x".formatted(one));
    }
    return encoded.toString();
  }

  private static String unicode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      encoded.append("\\u%04X".formatted((int) text.charAt(i)));
    }
    return encoded.toString();
  }
}
