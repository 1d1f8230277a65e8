package io.agentos.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The examples of RFC 8785, and what a digest must tell apart. */
final class CanonicalJsonTest {
  @Test
  void members_areSortedByCodeUnits() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("\u20ac", "Euro Sign");
    object.put("\r", "Carriage Return");
    object.put("1", "One");
    object.put("\ud83d\ude00", "Smiley");
    object.put("\ufb33", "Hebrew");
    assertThat(CanonicalJson.write(object))
        .isEqualTo(
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u20ac\":\"Euro Sign\","
                + "\"\ud83d\ude00\":\"Smiley\",\"\ufb33\":\"Hebrew\"}");
  }

  @Test
  void numbers_areWrittenAsEcmaScriptDoes() {
    assertThat(
            CanonicalJson.write(
                Arrays.asList(
                    new BigDecimal("333333333.33333329"),
                    4.50,
                    2e-3,
                    new BigDecimal("0.000000000000000000000000001"),
                    -0.0,
                    null,
                    true)))
        .isEqualTo("[333333333.3333333,4.5,0.002,1e-27,0,null,true]");
  }

  @Test
  void aByteOfWhitespaceInsideAText_changesTheDigest() {
    String one = CanonicalJson.digest(Map.of("to", "Ann"));
    for (String other :
        List.of("Ann ", " Ann", "A nn", "Ann\t", "Ann\n", "Ann\u00a0", "Ann\u200b", "ann")) {
      assertThat(CanonicalJson.digest(Map.of("to", other))).as(other).isNotEqualTo(one);
    }
    assertThat(CanonicalJson.digest(Json.readObject("{ \"to\" :\n \"Ann\" }"))).isEqualTo(one);
  }

  @Test
  void halvesOfPairs_areToldApart() {
    assertThat(CanonicalJson.write(List.of("\ud800", "a\udc00b", "\ud83d\ude00")))
        .isEqualTo("[\"\\ud800\",\"a\\udc00b\",\"\ud83d\ude00\"]");
    assertThat(CanonicalJson.digest("\ud800")).isNotEqualTo(CanonicalJson.digest("?"));
    assertThat(CanonicalJson.digest("\ud800")).isNotEqualTo(CanonicalJson.digest("\ud801"));
    assertThat(CanonicalJson.digest("\ud800")).isNotEqualTo(CanonicalJson.digest("\\ud800"));
  }

  @Test
  void numbersThatDoublesCannotTellApart_areRefused() {
    assertThatThrownBy(() -> CanonicalJson.write(9_007_199_254_740_993L))
        .hasMessage("A number beyond 2^53 has no canonical form; send it as a text.");
  }
}
