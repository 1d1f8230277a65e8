package io.agentos.runtime.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors of RFC 6238, appendix B, and of RFC 4226, appendix D. */
final class TotpTest {
  private static final String SECRET = "12345678901234567890";

  @ParameterizedTest
  @CsvSource({
    "59, 94287082, 46119246, 90693936",
    "1111111109, 07081804, 68084774, 25091201",
    "1111111111, 14050471, 67062674, 99943326",
    "1234567890, 89005924, 91819424, 93441116",
    "2000000000, 69279037, 90698825, 38618901",
    "20000000000, 65353130, 77737706, 47863826"
  })
  void code_ofRfc6238(long seconds, String sha1, String sha256, String sha512) {
    long step = seconds / Totp.STEP_SECONDS;

    assertThat(Totp.code(secret(20), step, 8, "HmacSHA1")).isEqualTo(sha1);
    assertThat(Totp.code(secret(32), step, 8, "HmacSHA256")).isEqualTo(sha256);
    assertThat(Totp.code(secret(64), step, 8, "HmacSHA512")).isEqualTo(sha512);
    assertThat(Totp.code(secret(20), step)).isEqualTo(sha1.substring(2));
  }

  @ParameterizedTest
  @CsvSource({"0, 755224", "1, 287082", "2, 359152", "9, 520489"})
  void code_ofRfc4226(long count, String code) {
    assertThat(Totp.code(secret(20), count)).isEqualTo(code);
    assertThat(Totp.matches(secret(20), count, code)).isTrue();
    assertThat(Totp.matches(secret(20), count, "000000")).isFalse();
    assertThat(Totp.matches(secret(20), count, code + "0")).isFalse();
  }

  /** The vectors of RFC 4648, section 10. */
  @ParameterizedTest
  @CsvSource({
    "f, MY",
    "fo, MZXQ",
    "foo, MZXW6",
    "foob, MZXW6YQ",
    "fooba, MZXW6YTB",
    "foobar, MZXW6YTBOI"
  })
  void base32_ofRfc4648(String text, String encoded) {
    assertThat(Totp.base32(text.getBytes(StandardCharsets.US_ASCII))).isEqualTo(encoded);
  }

  private static byte[] secret(int length) {
    return SECRET.repeat(4).substring(0, length).getBytes(StandardCharsets.US_ASCII);
  }
}
