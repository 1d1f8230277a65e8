package io.agentos.runtime.webhooks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What all schemes share: codes, comparison in constant time, the window, the shape of ids. */
final class Signatures {
  /** How far a delivery's clock may be from ours, in either direction. */
  static final Duration WINDOW = Duration.ofMinutes(5);

  /** How many secrets, and how many signatures of one delivery, are tried. */
  static final int KEYS_MAX = 4;

  static final int SIGNATURES_MAX = 8;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{0,11}");

  private Signatures() {}

  /** The code of some parts, one after the other. */
  static byte[] mac(String algorithm, byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  /** Whether one of the signatures is one of the codes; looks at all pairs, whatever it finds. */
  static boolean anyMatches(List<byte[]> codes, List<byte[]> signatures) {
    boolean found = false;
    for (byte[] code : codes) {
      for (byte[] signature : signatures) {
        found |= MessageDigest.isEqual(code, signature);
      }
    }
    return found;
  }

  /** The decoded of some texts; those that are none are left out, those beyond the bound too. */
  static List<byte[]> decoded(List<String> texts, String encoding) {
    List<byte[]> decoded = new ArrayList<>();
    for (String text : texts.subList(0, Math.min(SIGNATURES_MAX, texts.size()))) {
      try {
        decoded.add(
            encoding.equals("hex")
                ? HexFormat.of().parseHex(text)
                : Base64.getDecoder().decode(text));
      } catch (IllegalArgumentException e) {
        // No signature at all.
      }
    }
    return decoded;
  }

  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** The moment that whole Unix seconds in the one usual spelling stand for. */
  static Optional<Instant> seconds(String text) {
    return SECONDS.matcher(text).matches()
        ? Optional.of(Instant.ofEpochSecond(Long.parseLong(text)))
        : Optional.empty();
  }

  static boolean isInWindow(Instant at, Instant now) {
    return Duration.between(at, now).abs().compareTo(WINDOW) <= 0;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** An id for what has none of its own. */
  static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
