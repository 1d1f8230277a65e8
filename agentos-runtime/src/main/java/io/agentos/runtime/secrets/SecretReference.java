package io.agentos.runtime.secrets;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a secret in place of its value: a text that is {@code secret:NAME}, or {@code
 * secret:NAME@VERSION} and nothing else. In the middle of a longer text it is that text and no
 * reference.
 *
 * @param version 0 for the current one
 */
public record SecretReference(String name, int version) {
  private static final String SHAPE = "secret:([a-z][a-z0-9-]{0,62})(?:@([1-9][0-9]{0,8}))?";
  private static final Pattern PATTERN = Pattern.compile(SHAPE);
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

  /** The reference that {@code value} is, if it is one. */
  public static Optional<SecretReference> of(@Nullable Object value) {
    if (!(value instanceof String text) || !text.startsWith("secret:")) {
      return Optional.empty();
    }
    Matcher matcher = PATTERN.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String version = matcher.group(2);
    return Optional.of(
        new SecretReference(matcher.group(1), version == null ? 0 : Integer.parseInt(version)));
  }

  /** Whether {@code text} can name a secret: 1 to 63 of a-z, 0-9, '-', beginning with a letter. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** Whether it names its version. */
  public boolean isPinned() {
    return version > 0;
  }

  @Override
  public String toString() {
    return "secret:" + name + (isPinned() ? "@" + version : "");
  }
}
