package io.agentos.runtime.identity;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hashes passwords with Argon2id (RFC 9106) and compares them. Each run takes 19 MiB and some tens
 * of milliseconds, so that only a few run at once.
 *
 * <p>Thread-safe.
 */
public final class Passwords {
  /** OWASP's Password Storage Cheat Sheet, 2025: 19 MiB, two passes, one lane. */
  public static final Cost OWASP = new Cost(19_456, 2, 1);

  /** The fewest characters of a password; NIST SP 800-63B asks for 8 beside a second factor. */
  public static final int LENGTH_MIN = 12;

  /** The most characters of a password. */
  public static final int LENGTH_MAX = 256;

  private static final int DISTINCT_MIN = 5;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Argon2Function function;
  private final Semaphore places = new Semaphore(runsMax(), true);

  /** What a run of Argon2id costs. */
  public record Cost(int memoryKib, int iterations, int parallelism) {}

  public Passwords(Cost cost) {
    this.function =
        Argon2Function.getInstance(
            cost.memoryKib, cost.iterations, cost.parallelism, HASH_BYTES, Argon2.ID);
  }

  /**
   * Stops a password that is easy to guess.
   *
   * @throws AgentOsException INVALID_REQUEST with the field {@code password}
   */
  public static void mustBeFit(String password, String email) {
    String problem = problem(password, email);
    if (!problem.isEmpty()) {
      throw AgentOsException.ofFields(
          ErrorCode.INVALID_REQUEST,
          "The password %s.".formatted(problem),
          java.util.List.of(new AgentOsException.FieldError("password", problem)));
    }
  }

  private static String problem(String password, String email) {
    int length = password.codePointCount(0, password.length());
    if (length < LENGTH_MIN || length > LENGTH_MAX) {
      return "must have %d to %d characters".formatted(LENGTH_MIN, LENGTH_MAX);
    }
    if (password.codePoints().distinct().count() < DISTINCT_MIN) {
      return "must have at least %d different characters".formatted(DISTINCT_MIN);
    }
    String name = email.substring(0, Math.max(0, email.indexOf('@')));
    String lower = password.toLowerCase(Locale.ROOT);
    return name.length() >= DISTINCT_MIN && lower.contains(name)
        ? "must not contain the name in the e-mail address"
        : "";
  }

  /**
   * The hash of a password, in the PHC format with its salt and cost.
   *
   * @throws AgentOsException OVERLOADED when too many run already
   */
  public String hash(String password) {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    enter();
    try {
      return function.hash(bytes(password), salt).getResult();
    } finally {
      places.release();
    }
  }

  /**
   * Whether {@code password} has this hash. Without one it takes as long, and says no, so that
   * nobody can tell which user there is.
   *
   * @throws AgentOsException OVERLOADED when too many run already
   */
  public boolean matches(String password, @Nullable String hash) {
    if (hash == null) {
      hash(password);
      return false;
    }
    enter();
    try {
      return Argon2Function.getInstanceFromHash(hash)
          .check(Normalizer.normalize(password, Normalizer.Form.NFKC), hash);
    } finally {
      places.release();
    }
  }

  /** Whether a hash was made at another cost than new ones are. */
  public boolean isOutdated(String hash) {
    return !Argon2Function.getInstanceFromHash(hash).equals(function);
  }

  /** The same password typed on two keyboards is one. */
  private static byte[] bytes(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8);
  }

  private void enter() {
    try {
      if (places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw AgentOsException.retryAfter(
        ErrorCode.OVERLOADED, "Too many people sign in at once; try again.", RETRY_AFTER);
  }

  private static int runsMax() {
    return Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 8);
  }
}
