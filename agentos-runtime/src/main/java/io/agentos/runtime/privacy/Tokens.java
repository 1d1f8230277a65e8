package io.agentos.runtime.privacy;

import io.agentos.api.TaskId;
import io.agentos.runtime.redaction.Marks;
import io.agentos.runtime.redaction.SensitiveKind;
import io.agentos.runtime.redaction.Substitutes;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one model call: HMAC-SHA-256 of task, kind and value under the tenant's key, so
 * that a value has the same token in each call of a task and another one in any other task. What a
 * token stands for is known during the call alone; a token that the model makes up stands for
 * nothing.
 *
 * <p>Of one thread.
 */
final class Tokens implements Substitutes {
  private final Key key;
  private final TaskId task;
  private final Map<String, String> values = new HashMap<>();

  /** The key of a tenant; never shown. */
  static final class Key {
    private final SecretKeySpec spec;

    Key(byte[] bytes) {
      this.spec = new SecretKeySpec(bytes, "HmacSHA256");
    }

    /** A keyed digest of {@code length} bytes, in hexadecimal. */
    String digest(String text, int length) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(spec);
        byte[] hash = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, length);
      } catch (NoSuchAlgorithmException | InvalidKeyException e) {
        throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
      }
    }
  }

  Tokens(Key key, TaskId task) {
    this.key = key;
    this.task = task;
  }

  @Override
  public String hash(SensitiveKind kind, String value) {
    return Marks.hash(kind, digits("hash\n" + kind + "\n" + value));
  }

  @Override
  public String token(SensitiveKind kind, String value) {
    String token = Marks.token(kind, digits("token\n" + task + "\n" + kind + "\n" + value));
    values.put(token, value);
    return token;
  }

  /** What a token stands for; null for one that is none of this call. */
  @Nullable String value(String token) {
    return values.get(token);
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  private String digits(String text) {
    return key.digest(text, Marks.DIGITS / 2);
  }
}
