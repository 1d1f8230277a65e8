package io.agentos.runtime.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.runtime.webhooks.Verification.Accepted;
import io.agentos.runtime.webhooks.Verification.Refused;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signatures of Twilio, and those that a source describes itself. */
final class TwilioHmacSignatureTest {
  private static final Instant SIGNED = Instant.ofEpochSecond(1_800_000_000);
  private static final String BODY = "{\"type\":\"otter.seen\",\"river\":\"Wye\"}";

  private static final String BODY_DIGEST =
      "3e4381d91c170caaf0c6c8a66e2b675aeb21d94e90d9d0a04a7a7d03e2f3cfa4";

  private static final String TWILIO_URL = "https://hooks.otter.example/v1/hooks/x";
  private static final String TWILIO_KEY = "twilio-otter-token-0";
  private static final String TWILIO_FORM = "From=%2B15550100&Body=a+fish&CallSid=CA1";
  private static final String HMAC_KEY = "hmac-otter-secret-01";

  private static SourceSettings settings(String url) {
    return new SourceSettings(url, null, null, null, null, null, null, null, 5, null);
  }

  private static SourceSettings hmac(String timestampHeader, String encoding, String algorithm) {
    return new SourceSettings(
        null, "X-Otter", timestampHeader, encoding, algorithm, null, null, null, 5, null);
  }

  private static Inbound inbound(String body, String... headers) {
    return queried("", body, headers);
  }

  private static Inbound queried(String query, String body, String... headers) {
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], headers[i + 1]);
    }
    return new Inbound(all::get, query, body.getBytes(StandardCharsets.UTF_8));
  }

  private static Verification twilio(String query, String body, String signature) {
    return SignatureCheck.check(
        Scheme.TWILIO,
        settings(TWILIO_URL),
        List.of(TWILIO_KEY),
        queried(query, body, "X-Twilio-Signature", signature),
        SIGNED);
  }

  @Test
  void twilio_formInAnyOrder_isOneDelivery() {
    String signature = "uU4mAuPY18N8ObWKa4tWQ2Ka58g=";
    Verification first = twilio("", TWILIO_FORM, signature);

    assertThat(first).isInstanceOfSatisfying(Accepted.class, a -> assertThat(a.timed()).isFalse());
    assertThat(twilio("", "CallSid=CA1&Body=a%20fish&From=%2b15550100", signature))
        .isEqualTo(first);
    assertThat(twilio("", TWILIO_FORM + "&More=1", signature)).isEqualTo(new Refused("signature"));
    assertThat(twilio("x=1", TWILIO_FORM, signature)).isEqualTo(new Refused("signature"));
    assertThat(twilio("", "Body=%zz", signature)).isEqualTo(new Refused("body"));
  }

  @Test
  void twilio_json_isBoundByItsDigest() {
    String query = "bodySHA256=015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862";
    String signature = "mUSXNVfqwrMqU7D3Xht0MPucJuY=";

    assertThat(twilio(query, "{\"a\":1}", signature)).isInstanceOf(Accepted.class);
    assertThat(twilio(query, "{\"a\":2}", signature)).isEqualTo(new Refused("signature"));
  }

  @Test
  void hmac_ownVectors() {
    String hex = "cf5369463b48bbc674df831a236502b6e36707916e44d666fff9291436ee9995";
    for (String header : List.of(hex, "sha256=" + hex)) {
      assertThat(
              SignatureCheck.check(
                  Scheme.HMAC,
                  hmac(null, "hex", "sha256"),
                  List.of(HMAC_KEY),
                  inbound(BODY, "X-Otter", header),
                  SIGNED))
          .isEqualTo(new Accepted(BODY_DIGEST, false));
    }
  }

  @ParameterizedTest
  @CsvSource({"-301, false", "-300, true", "300, true", "301, false"})
  void hmac_withTime_hasTheWindow(int seconds, boolean accepted) {
    String base64 =
        "IPpx1yZ5qerJ9A6iKRzRj24EH6WGcuz3KgIdwWez8slyt9Y6WoX+TN3SciNNzl36C6JwxFZ0kVjfpFonnXJJ6w==";
    Verification verification =
        SignatureCheck.check(
            Scheme.HMAC,
            hmac("X-Time", "base64", "sha512"),
            List.of(HMAC_KEY),
            inbound(BODY, "X-Otter", base64, "X-Time", "1800000000"),
            SIGNED.plusSeconds(seconds));

    assertThat(verification instanceof Accepted).isEqualTo(accepted);
    assertThat(
            SignatureCheck.check(
                Scheme.HMAC,
                hmac("X-Time", "base64", "sha512"),
                List.of(HMAC_KEY),
                inbound(BODY, "X-Otter", base64, "X-Time", "1800000001"),
                SIGNED))
        .isEqualTo(new Refused("signature"));
  }
}
