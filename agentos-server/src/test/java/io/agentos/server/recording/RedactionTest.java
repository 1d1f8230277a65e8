package io.agentos.server.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RedactionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Ask ann.b+c@shop.example. Now. | Ask [redacted: an e-mail address]. Now.",
        "<ümit@süd.example> | <[redacted: an e-mail address]>",
        "Card 4111 1111 1111 1111, 12 | Card [redacted: a card number], 12",
        "12 4111-1111-1111-1111 2027 | 12 [redacted: a card number] 2027",
        "378282246310005 | [redacted: a card number]",
        "Authorization: Bearer abcdefgh01234567== | Authorization: Bearer [redacted: a key]" + "",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-_1 x | [redacted: a key] x",
        "postgresql://owl:hoo-hoo@db:5432/nest | postgresql://owl:[redacted: a"
            + " password]@db:5432/nest"
      })
  void text_whatMustNotLieAbout_isMasked(String text, String masked) {
    assertThat(Redaction.text(text)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4111 1111 1111 1112 has no right check digit",
        "1700000000003 is a time in milliseconds",
        "0.4111111111111111 is a fraction",
        "f47ac10b-5811-4372-8567-0e02b2c3d479",
        "a bearer of tidings, node_modules/@types/owl, owl@1.2.3 and https://db:5432/x",
        ""
      })
  void text_whatOnlyLooksLikeIt_stays(String text) {
    assertThat(Redaction.text(text)).isEqualTo(text);
  }

  @Test
  void value_masksTextsAndCardNumbersWhereverTheyStand() {
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    arguments.put("to", List.of("ann@shop.example", Map.of("bob@shop.example", 1)));
    arguments.put("card", 4111111111111111L);
    arguments.put("big", new BigInteger("4111111111111111"));
    arguments.put("part", new BigDecimal("0.5"));
    arguments.put("sure", true);
    arguments.put("none", null);

    Map<String, @Nullable Object> masked = new LinkedHashMap<>();
    masked.put(
        "to",
        List.of("[redacted: an e-mail address]", Map.of("[redacted: an e-mail address]", 1L)));
    masked.put("card", "[redacted: a card number]");
    masked.put("big", "[redacted: a card number]");
    masked.put("part", new BigDecimal("0.5"));
    masked.put("sure", true);
    masked.put("none", null);
    assertThat(Redaction.members(arguments)).isEqualTo(masked);
  }
}
