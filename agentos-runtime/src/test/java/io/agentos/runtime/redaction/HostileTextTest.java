package io.agentos.runtime.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A megabyte of what makes patterns go back over what they have passed. Such a pattern would need
 * hours; the bound here is far above what a walk needs and far below that.
 */
final class HostileTextTest {
  private static final int LENGTH = 1 << 20;
  private static final long SECONDS_MAX = 60;

  private static final Redactor ALL =
      new Redactor(
          RedactionRules.of(Transform.MASK, Sensitivity.values()),
          KnownValues.secrets(List.of("aaaaaaaaaaab", "abcabcabcabd")),
          Substitutes.NONE);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@",
        "a@a.",
        "@",
        "1 ",
        "1-",
        "11 11 ",
        "4",
        "4111 ",
        "+1(",
        "::",
        "a:b:",
        "1.1.",
        ".",
        "eyJ",
        "-eyJaaaaaaaaaaaaaaaaaaaaaaaaa",
        "sk-",
        "://a:",
        "password=",
        "password is ",
        "key ",
        "-----BEGIN ",
        "-----BEGIN A PRIVATE KEY-----",
        "[redacted: ",
        "<EMAIL_",
        "<EMAIL_a",
        "%25",
        "&#",
        "&#x41;",
        "\\u0041",
        "\u200b",
        "\uff14",
        "a",
        "abc",
        "A",
        "Aa ",
        "Mr. A",
        "1 Street ",
        "YWJj",
        "616263",
        "YWJjYWJjYWJjYWJjYWJjYWJjYWJjYWJjYWJjYWJjYWJjYWJjYWJjYWJj\n",
        "abc abc ",
        "aaaaaaaaaaa",
        "\n",
        "\ud83e",
        "\"",
        "GB82",
        "born 1.1.19",
        "12 Main "
      })
  void text_ofOnePartRepeated_isRedactedInTime(String part) throws Exception {
    String text = part.repeat(LENGTH / part.length());
    Callable<String> redaction = () -> ALL.redact(text);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(threads.submit(redaction).get(SECONDS_MAX, TimeUnit.SECONDS)).isNotNull();
    } catch (TimeoutException | ExecutionException e) {
      throw new AssertionError("of " + part, e);
    }
  }
}
