package io.agentos.runtime.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class PasswordsTest {
  private static final Passwords CHEAP = new Passwords(new Passwords.Cost(64, 1, 1));

  @Test
  void hash_isArgon2idAtTheCostOfOwasp() {
    Passwords passwords = new Passwords(Passwords.OWASP);
    String hash = passwords.hash("correct horse battery staple");

    assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(passwords.matches("correct horse battery staple", hash)).isTrue();
    assertThat(passwords.matches("correct horse battery stapl", hash)).isFalse();
    assertThat(passwords.isOutdated(hash)).isFalse();
    assertThat(CHEAP.isOutdated(hash)).isTrue();
  }

  @Test
  void hash_sameTwice_differsByItsSalt() {
    assertThat(CHEAP.hash("correct horse battery staple"))
        .isNotEqualTo(CHEAP.hash("correct horse battery staple"));
  }

  @Test
  void matches_withoutAHash_isNo() {
    assertThat(CHEAP.matches("correct horse battery staple", null)).isFalse();
  }

  @Test
  void matches_olderCost_stillHolds() {
    String old = new Passwords(new Passwords.Cost(32, 2, 1)).hash("correct horse battery staple");

    assertThat(CHEAP.matches("correct horse battery staple", old)).isTrue();
    assertThat(CHEAP.isOutdated(old)).isTrue();
  }

  @Test
  void matches_otherFormOfTheSameCharacters_isTheSame() {
    assertThat(CHEAP.matches("password caf\u00e9", CHEAP.hash("password cafe\u0301"))).isTrue();
  }

  @Test
  void mustBeFit_easyToGuess_isRefused() {
    assertRefused("elevenchars", "The password must have 12 to 256 characters.");
    assertRefused("x".repeat(257), "The password must have 12 to 256 characters.");
    assertRefused("abababababab", "The password must have at least 5 different characters.");
    assertRefused(
        "my Annabelle 1", "The password must not contain the name in the e-mail address.");
    Passwords.mustBeFit("correct horse battery staple", "annabelle@example.com");
  }

  private static void assertRefused(String password, String why) {
    assertThatThrownBy(() -> Passwords.mustBeFit(password, "annabelle@example.com"))
        .hasMessage(why);
  }
}
