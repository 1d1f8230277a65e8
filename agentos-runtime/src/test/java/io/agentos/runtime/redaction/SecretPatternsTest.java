package io.agentos.runtime.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys here are put together when they are needed, so that none stands in this file. */
final class SecretPatternsTest {
  @ParameterizedTest
  @CsvSource({
    "an AgentOS key, aos_, 1, 26, _, 44",
    "an AWS key, AKIA, A, 16, '', 0",
    "a GitHub token, ghp_, a, 36, '', 0",
    "a GitHub token, gho_, a, 60, '', 0",
    "a Slack token, xoxb-, 1, 12, -, 24",
    "a Google key, AIza, x, 35, '', 0",
    "a Stripe key, sk_live_, 4, 24, '', 0",
    "an Anthropic key, sk-ant-, b, 40, -, 55",
    "an OpenAI key, sk-proj-, c, 40, _, 100"
  })
  void key_isFoundAndMaskedWhole(
      String what, String begin, String letter, int length, String between, int more) {
    String key = begin + letter.repeat(length) + between + letter.repeat(more);

    assertThat(SecretPatterns.find("take " + key + ", please")).contains(what);
    assertThat(Redactor.STRICT.redact("take " + key + ", please. Or '" + key + "'"))
        .isEqualTo("take [redacted: a key], please. Or '[redacted: a key]'");
  }

  @Test
  void privateKey_isMaskedToItsEnd() {
    String begin = "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n";

    assertThat(Redactor.STRICT.redact("a\n" + begin + "-----END RSA PRIVATE KEY-----\nb"))
        .isEqualTo("a\n[redacted: a private key]\nb");
    assertThat(Redactor.STRICT.redact("a\n" + begin + "and no end"))
        .isEqualTo("a\n[redacted: a private key]");
  }

  @Test
  void otherText_isLeft() {
    String text = "The task is at risk-free AKIA; sk-short, xoxb-1 and gh_pages stay.";

    assertThat(SecretPatterns.find(text)).isEmpty();
    assertThat(Redactor.STRICT.redact(text)).isEqualTo(text);
    assertThat(Redactor.STRICT.redact("")).isEmpty();
  }
}
