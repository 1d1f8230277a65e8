package io.agentos.runtime.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.runtime.webhooks.Verification.Accepted;
import io.agentos.runtime.webhooks.Verification.Refused;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The signatures here were made by another implementation: Python's hmac and cryptography. */
final class SignatureCheckTest {
  private static final Instant SIGNED = Instant.ofEpochSecond(1_800_000_000);
  private static final String BODY = "{\"type\":\"otter.seen\",\"river\":\"Wye\"}";

  private static final String BODY_DIGEST =
      "3e4381d91c170caaf0c6c8a66e2b675aeb21d94e90d9d0a04a7a7d03e2f3cfa4";

  private static final String OTHER_KEY = "whsec_b3R0ZXJzIG90dGVycyBvdHRlcnMgb3R0ZXJz";
  private static final Accepted STANDARD = new Accepted("msg_otter-1", true);
  private static final String STANDARD_KEY = "whsec_YW4gb3R0ZXIgc3dpbXMgYnkgbmlnaHQgMDEyMzQ1Njc=";

  private static final String STANDARD_SIGNATURE =
      "v1,FV6bcgu6qyh13xvlsVdNzuvsT4QV2imwuEsg7amsyZI=";

  private static final String STRIPE_BODY = "{\"id\":\"evt_otter1\",\"object\":\"event\"}";
  private static final String STRIPE_KEY = "whsec_an_otter_of_stripes";

  private static final String STRIPE_CODE =
      "32e8b5433599cb11ef95870aaefd06441efde69f885b7c4e62b399c5b9bbbb2d";

  private static final String GITHUB =
      "sha256=d7ed4e6289d3c80d1c5e409195962062be3969c9edb2444e11285eda8e36c87a";

  private static final String GITHUB_KEY = "github-otter-secret";

  private static SourceSettings settings(String url) {
    return new SourceSettings(url, null, null, null, null, null, null, null, 5, null);
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

  private static Verification standard(String key, String signature, Instant now) {
    return standard(key, "msg_otter-1", "1800000000", signature, BODY, now);
  }

  private static Verification standard(
      String key, String id, String seconds, String signature, String body, Instant now) {
    Inbound inbound =
        inbound(
            body, "webhook-id", id, "webhook-timestamp", seconds, "webhook-signature", signature);
    return SignatureCheck.check(Scheme.STANDARD, settings(null), List.of(key), inbound, now);
  }

  private static Verification stripe(String header, String body, Instant now) {
    return SignatureCheck.check(
        Scheme.STRIPE,
        settings(null),
        List.of(STRIPE_KEY),
        inbound(body, "Stripe-Signature", header),
        now);
  }

  @Test
  void standard_ownVector() {
    assertThat(standard(STANDARD_KEY, STANDARD_SIGNATURE, SIGNED)).isEqualTo(STANDARD);
  }

  @ParameterizedTest
  @CsvSource({"-301, false", "-300, true", "-299, true", "299, true", "300, true", "301, false"})
  void timed_windowOfBothSides(int seconds, boolean accepted) {
    Instant now = SIGNED.plusSeconds(seconds);

    assertThat(standard(STANDARD_KEY, STANDARD_SIGNATURE, now))
        .isEqualTo(accepted ? STANDARD : new Refused("time"));
    assertThat(stripe("t=1800000000,v1=" + STRIPE_CODE, STRIPE_BODY, now))
        .isEqualTo(accepted ? new Accepted("evt_otter1", true) : new Refused("time"));
  }

  @Test
  void standard_otherKeyByteIdOrTime_isRefused() {
    Refused signature = new Refused("signature");
    assertThat(standard(OTHER_KEY, STANDARD_SIGNATURE, SIGNED)).isEqualTo(signature);
    for (int i = 0; i < BODY.length(); i++) {
      StringBuilder changed = new StringBuilder(BODY);
      changed.setCharAt(i, (char) (BODY.charAt(i) ^ 1));
      assertThat(
              standard(
                  STANDARD_KEY,
                  "msg_otter-1",
                  "1800000000",
                  STANDARD_SIGNATURE,
                  changed.toString(),
                  SIGNED))
          .isEqualTo(signature);
    }
    assertThat(
            standard(STANDARD_KEY, "msg_otter-2", "1800000000", STANDARD_SIGNATURE, BODY, SIGNED))
        .isEqualTo(signature);
    assertThat(
            standard(STANDARD_KEY, "msg_otter-1", "1800000001", STANDARD_SIGNATURE, BODY, SIGNED))
        .isEqualTo(signature);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a.b", "msg otter", "msg_\u00f6tter", "msg_otter-1 ", "a/b", "a\nb", "0x1'"})
  void standard_idThatIsNone_isRefused(String id) {
    assertThat(standard(STANDARD_KEY, id, "1800000000", STANDARD_SIGNATURE, BODY, SIGNED))
        .isEqualTo(new Refused("headers"));
    assertThat(
            standard(STANDARD_KEY, "a".repeat(65), "1800000000", STANDARD_SIGNATURE, BODY, SIGNED))
        .isEqualTo(new Refused("headers"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-1",
        "+1800000000",
        "01800000000",
        "1800000000.0",
        "1.8e9",
        " 1800000000",
        "99999999999999"
      })
  void standard_timeThatIsNone_isRefused(String seconds) {
    assertThat(standard(STANDARD_KEY, "msg_otter-1", seconds, STANDARD_SIGNATURE, BODY, SIGNED))
        .isEqualTo(new Refused("headers"));
  }

  @Test
  void standard_severalSignatures_oneThatFitsIsEnough() {
    String wrong = "v1," + "A".repeat(43) + "=";

    assertThat(standard(STANDARD_KEY, wrong + " " + STANDARD_SIGNATURE, SIGNED))
        .isEqualTo(STANDARD);
    assertThat(standard(STANDARD_KEY, wrong + " v2,x v1, v1,%% " + STANDARD_SIGNATURE, SIGNED))
        .isEqualTo(STANDARD);
    assertThat(
            standard(
                STANDARD_KEY,
                String.join(" ", Collections.nCopies(8, wrong)) + " " + STANDARD_SIGNATURE,
                SIGNED))
        .isEqualTo(new Refused("signature"));
  }

  @Test
  void standard_severalSecrets_fourAreTried() {
    Inbound inbound =
        inbound(
            BODY,
            "Webhook-Id",
            "msg_otter-1",
            "Webhook-Timestamp",
            "1800000000",
            "Webhook-Signature",
            STANDARD_SIGNATURE);
    List<String> fourth = List.of(OTHER_KEY, OTHER_KEY, OTHER_KEY, STANDARD_KEY);
    List<String> fifth = List.of(OTHER_KEY, OTHER_KEY, OTHER_KEY, OTHER_KEY, STANDARD_KEY);

    assertThat(SignatureCheck.check(Scheme.STANDARD, settings(null), fourth, inbound, SIGNED))
        .isEqualTo(STANDARD);
    assertThat(SignatureCheck.check(Scheme.STANDARD, settings(null), fifth, inbound, SIGNED))
        .isEqualTo(new Refused("signature"));
    assertThat(SignatureCheck.check(Scheme.STANDARD, settings(null), List.of(), inbound, SIGNED))
        .isEqualTo(new Refused("signature"));
  }

  @Test
  void standard_publicKey_ownVector() {
    String key = "whpk_gsLDNAqHzVf4/xc+poTKahUdicZlMLP5/KxGkkgIHH0=";
    String signature =
        "v1a,ah4yayEVl+CgYvNc9sXDBYLgl33geuNJpq7Dot3z/5w5SM2k8buS3205+ZFI6SIfjVaYRZduokBlySg6jFhvBA==";

    assertThat(standard(key, signature, SIGNED)).isEqualTo(STANDARD);
    assertThat(standard(key, signature.replace("v1a,", "v1,"), SIGNED))
        .isEqualTo(new Refused("signature"));
    assertThat(standard(key, signature.replace("ah4y", "bh4y"), SIGNED))
        .isEqualTo(new Refused("signature"));
    assertThat(standard(STANDARD_KEY, signature, SIGNED)).isEqualTo(new Refused("signature"));
  }

  @Test
  void stripe_ownVector() {
    assertThat(stripe("t=1800000000,v1=" + STRIPE_CODE, STRIPE_BODY, SIGNED))
        .isEqualTo(new Accepted("evt_otter1", true));
    assertThat(stripe("t=1800000000, v1=00, v0=ab, v1=" + STRIPE_CODE, STRIPE_BODY, SIGNED))
        .isEqualTo(new Accepted("evt_otter1", true));
  }

  @Test
  void stripe_whatItWouldAcceptAndWeDoNot_isRefused() {
    String fits = ",v1=" + STRIPE_CODE;
    assertThat(stripe("t=1800000000,t=1800000300" + fits, STRIPE_BODY, SIGNED))
        .isEqualTo(new Refused("headers"));
    assertThat(stripe("t=1800000000,t=1800000000" + fits, STRIPE_BODY, SIGNED))
        .isEqualTo(new Refused("headers"));
    assertThat(stripe("t=1800086400" + fits, STRIPE_BODY, SIGNED))
        .isEqualTo(new Refused("signature"));
    assertThat(stripe("v1=" + STRIPE_CODE, STRIPE_BODY, SIGNED)).isEqualTo(new Refused("headers"));
    assertThat(stripe("t=1800000000", STRIPE_BODY, SIGNED)).isEqualTo(new Refused("headers"));
    assertThat(stripe("t=1800000000" + fits, STRIPE_BODY + " ", SIGNED))
        .isEqualTo(new Refused("signature"));
  }

  @Test
  void stripe_eventWithoutId_isRefused() {
    String code =
        java.util.HexFormat.of()
            .formatHex(
                Signatures.mac(
                    "HmacSHA256",
                    Signatures.bytes(STRIPE_KEY),
                    Signatures.bytes("1800000000.{\"id\":5}")));
    assertThat(stripe("t=1800000000,v1=" + code, "{\"id\":5}", SIGNED))
        .isEqualTo(new Refused("id"));
  }

  @Test
  void github_ownVector_isKnownByItsBody() {
    for (String delivery : List.of("1", "2")) {
      Inbound inbound = inbound(BODY, "X-Hub-Signature-256", GITHUB, "X-GitHub-Delivery", delivery);
      assertThat(
              SignatureCheck.check(
                  Scheme.GITHUB, settings(null), List.of(GITHUB_KEY), inbound, SIGNED))
          .isEqualTo(new Accepted(BODY_DIGEST, false));
    }
    assertThat(
            SignatureCheck.check(
                Scheme.GITHUB,
                settings(null),
                List.of(GITHUB_KEY),
                inbound(BODY + "\n", "X-Hub-Signature-256", GITHUB),
                SIGNED))
        .isEqualTo(new Refused("signature"));
    assertThat(
            SignatureCheck.check(
                Scheme.GITHUB,
                settings(null),
                List.of(GITHUB_KEY),
                inbound(BODY, "X-Hub-Signature", GITHUB),
                SIGNED))
        .isEqualTo(new Refused("headers"));
  }
}
