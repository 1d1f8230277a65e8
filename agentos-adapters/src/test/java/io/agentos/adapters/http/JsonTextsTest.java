package io.agentos.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts as bytes are what Jackson writes as text. */
final class JsonTextsTest {
  private static final String TRICKY =
      "aaaaaaaaaaaa\"\\/\b\t\n\f\r\u0000\u001f\u007f\u0080\u00e9\u2028\ud83d\ude00!#[] ";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "exactly8",
        "\"",
        "\"quoted\"",
        "one line\nand another\r\n",
        "1234567\"",
        "12345678\\",
        "\u0000\u0001\b\u001f\u007f",
        "\u00e9t\u00e9 \u65e5\u672c \ud83d\ude00\n"
      })
  void bytes_text_isAsJacksonWritesIt(String text) {
    assertThat(text(ProviderJson.bytes(text, 0))).isEqualTo(ProviderJson.write(text));
  }

  @Test
  void bytes_randomTexts_areAsJacksonWritesThem() {
    Random random = new Random(4711);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(i % 100 == 0 ? 30_000 : 60);
      while (text.length() < length) {
        text.appendCodePoint(TRICKY.codePointAt(TRICKY.offsetByCodePoints(0, random.nextInt(30))));
      }
      List<String> texts = List.of(text.toString(), "\"", text.toString());
      assertThat(text(ProviderJson.bytes(texts, random.nextInt(100))))
          .isEqualTo(ProviderJson.write(texts));
    }
  }

  @Test
  void bytes_onlyEscapes_fit() {
    String text = "\u0001".repeat(50_000);
    assertThat(text(ProviderJson.bytes(text, 0))).isEqualTo("\"" + "\\u0001".repeat(50_000) + "\"");
  }

  @Test
  void bytes_halfASurrogatePair_isAQuestionMark() {
    assertThat(text(ProviderJson.bytes("a\ud83db", 0))).isEqualTo("\"a?b\"");
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes).toString();
  }
}
