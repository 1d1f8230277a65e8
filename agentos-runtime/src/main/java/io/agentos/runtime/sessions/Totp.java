package io.agentos.runtime.sessions;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Codes that change with time: RFC 6238 over RFC 4226, as authenticator apps know them. */
final class Totp {
  /** How long a code holds. */
  static final int STEP_SECONDS = 30;

  /** How many digits a code has. */
  static final int DIGITS = 6;

  private static final String ALGORITHM = "HmacSHA1";
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private Totp() {}

  /** The code of a step. */
  static String code(byte[] secret, long step) {
    return code(secret, step, DIGITS, ALGORITHM);
  }

  static String code(byte[] secret, long step, int digits, String algorithm) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(secret, algorithm));
      byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
      int offset = hash[hash.length - 1] & 0x0F;
      int number = ByteBuffer.wrap(hash).getInt(offset) & 0x7FFF_FFFF;
      int modulus = 1;
      for (int i = 0; i < digits; i++) {
        modulus *= 10;
      }
      return String.format(java.util.Locale.ROOT, "%0" + digits + "d", number % modulus);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  /** Whether a code is that of a step; takes as long whatever it is. */
  static boolean matches(byte[] secret, long step, String code) {
    return MessageDigest.isEqual(
        code(secret, step).getBytes(StandardCharsets.US_ASCII),
        code.getBytes(StandardCharsets.UTF_8));
  }

  /** A secret as apps take it by hand: base32 (RFC 4648) without padding. */
  static String base32(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    int buffer = 0;
    int bits = 0;
    for (byte each : bytes) {
      buffer = (buffer << 8) | (each & 0xFF);
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(BASE32.charAt((buffer >> bits) & 31));
      }
    }
    if (bits > 0) {
      text.append(BASE32.charAt((buffer << (5 - bits)) & 31));
    }
    return text.toString();
  }
}
