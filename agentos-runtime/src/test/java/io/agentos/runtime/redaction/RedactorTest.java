package io.agentos.runtime.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The values here are invented; those with checksums were made to fit. */
final class RedactorTest {
  private static final Redactor ALL =
      new Redactor(
          RedactionRules.of(Transform.MASK, Sensitivity.values()),
          KnownValues.NONE,
          Substitutes.NONE);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CARD | pay with 5555 5555 5555 4444 today | 5555 5555 5555 4444",
        "CARD | 3782-822463-10005 | 3782-822463-10005",
        "CARD | my card 122000000000003 | 122000000000003",
        "IBAN | to de89 3704 0044 0532 0130 00 please | de89 3704 0044 0532 0130 00",
        "IBAN | gb82west12345698765432 | gb82west12345698765432",
        "SSN | it is 219-09-9999. | 219-09-9999",
        "SSN | his ssn is 219099999 | 219099999",
        "NATIONAL_ID | DNI 12345678Z | 12345678Z",
        "NATIONAL_ID | nino QQ 12 34 56 C is a form, AB 12 34 56 C a number | AB 12 34 56 C",
        "NATIONAL_ID | cpf 529.982.247-25 | 529.982.247-25",
        "NATIONAL_ID | PESEL 44051401359 | 44051401359",
        "EMAIL | ask ümit+owl@süd.example. | ümit+owl@süd.example",
        "EMAIL | a@xn--sd-hka.xn--p1ai, | a@xn--sd-hka.xn--p1ai",
        "PHONE | ring +49 (0)30 1234567 or so | +49 (0)30 1234567",
        "PHONE | (415) 555-0132 x12 | (415) 555-0132",
        "PHONE | call me on 555 0199? | 555 0199",
        "PHONE | 01.84.17.61.18 | 01.84.17.61.18",
        "BIRTH_DATE | born on 1/14/1961 in a barn | 1/14/1961",
        "BIRTH_DATE | date of birth: March 3rd, 1970 | March 3rd, 1970",
        "NAME | Dear Ms. Ada Feather, | Ada Feather",
        "ADDRESS | lives at 12 Owl Street, Apt. 3 now | 12 Owl Street, Apt. 3",
        "ADDRESS | in der Eulenstraße 7 | Eulenstraße 7",
        "IP | from 10.0.0.1:80 | 10.0.0.1",
        "IP | [::ffff:192.168.1.1]:80 | ::ffff:192.168.1.1",
        "IP | fe80::1%eth0 answers | fe80::1%eth0",
        "DEVICE | mac 00:1A:2B:3C:4D:5E | 00:1A:2B:3C:4D:5E",
        "UUID | f47ac10b-5811-4372-8567-0e02b2c3d479 | f47ac10b-5811-4372-8567-0e02b2c3d479",
        "CITY | we met in Oslo | Oslo",
        "PASSWORD | password=hunter2! and so on | hunter2!",
        "PASSWORD | {\"password\":\"owls fly\"} | owls",
        "PASSWORD | the password is Tr0ub4dor&3. | Tr0ub4dor&3",
        "PASSWORD | postgresql://owl:hoo-hoo@db:5432/nest | hoo-hoo",
        "KEY | api_key: 8d7f6a5b4c3d2e1f | 8d7f6a5b4c3d2e1f",
        "KEY | Authorization: Bearer abcdefgh01234567== | abcdefgh01234567==",
        "KEY | with this token Zx8Qw7Er5Ty3Ui1Op9As2Df go on | Zx8Qw7Er5Ty3Ui1Op9As2Df"
      })
  void value_isFoundWhole(SensitiveKind kind, String text, String value) {
    assertThat(ALL.find(text))
        .anySatisfy(span -> {
          assertThat(span.kind()).isEqualTo(kind);
          assertThat(text.substring(span.begin(), span.end())).startsWith(value);
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4111 1111 1111 1112 has no right check digit",
        "1700000000003 is a time in milliseconds",
        "0.4111111111111111 is a fraction",
        "version 1.2.3.4.5 of std::cout, at 12:34:56 on 2026-02-28 14:10:00",
        "pages 2019-2020, 3 000 000 owls, 64677 feathers, 1,234,567 eggs",
        "GB82 WEST 1234 5698 7654 33 checks out no more",
        "666-12-3456 and 078-05-1120 were never given out",
        "a password is required, the token is short and the secret: none",
        "max_tokens: 4096, tokens: 12345678, \"token\": \"string\"",
        "a bearer of tidings, node_modules/@types/owl, owl@1.2.3 and https://db:5432/x",
        "task_01jz7m3xq4e9v8s2k6c5b1n0ah"
      })
  void text_withoutValues_isLeft(String text) {
    Redactor structured =
        new Redactor(
            RedactionRules.of(Transform.MASK, Sensitivity.A, Sensitivity.C),
            KnownValues.NONE,
            Substitutes.NONE);
    assertThat(structured.find(text)).isEmpty();
    assertThat(Redactor.STRICT.redact(text)).isSameAs(text);
  }

  @Test
  void transforms_areWhatTheRulesSay() {
    Substitutes substitutes =
        new Substitutes() {
          @Override
          public String hash(SensitiveKind kind, String value) {
            return Marks.hash(kind, "00000000000000aa");
          }

          @Override
          public String token(SensitiveKind kind, String value) {
            return Marks.token(kind, "%016x".formatted(value.length()));
          }
        };
    Redactor redactor =
        new Redactor(
            new RedactionRules(
                Map.of(
                    SensitiveKind.CARD, Transform.MASK,
                    SensitiveKind.EMAIL, Transform.TOKEN,
                    SensitiveKind.IP, Transform.HASH,
                    SensitiveKind.SSN, Transform.REMOVE,
                    SensitiveKind.IBAN, Transform.BLOCK),
                List.of(),
                KnownValues.NONE),
            KnownValues.NONE,
            substitutes);
    Counts counts = new Counts();
    String redacted =
        redactor.redact("4111111111111111, a@b.example, 10.0.0.1, 219-09-9999, 555 0199", counts);

    assertThat(redacted)
        .isEqualTo(
            "[redacted: a card number], <EMAIL_000000000000000b>, <IP#00000000000000aa>,"
                + " [removed], 555 0199");
    assertThat(redactor.redact(redacted)).isSameAs(redacted);
    assertThat(counts.byName()).hasToString("{card=1, ssn=1, email=1, ip=1}");
    assertThatThrownBy(() -> redactor.redact("to DE89370400440532013000"))
        .isInstanceOf(AgentOsException.class)
        .hasMessage(
            "The text holds an IBAN, which the privacy rules block; take it out, or ask for"
                + " another rule for 'iban'.");
  }

  @Test
  void markOfSomebodyElse_isNoMark() {
    String text = "[redacted: 4111111111111111] <CARD_4111111111111111x>";
    assertThat(ALL.redact(text)).doesNotContain("4111111111111111]");
  }

  @Test
  void patternsAndWords_ofTheTenant_areFound() {
    Redactor redactor =
        new Redactor(
            new RedactionRules(
                Map.of(SensitiveKind.PATTERN, Transform.MASK, SensitiveKind.WORD, Transform.REMOVE),
                List.of(CustomPattern.of("customer", "C-[0-9]{5}")),
                KnownValues.words(List.of("Blue Heron", "Älgö"))),
            KnownValues.NONE,
            Substitutes.NONE);

    assertThat(redactor.redact("C-12345 about blue-heron, BLUE HERON and blueherons on älgö"))
        .isEqualTo("[redacted: a pattern] about [removed], [removed] and blueherons on [removed]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(a)\\1 | pattern 'x' is none that runs in linear time (RE2): invalid escape sequence",
        "a(?=b) | pattern 'x' is none that runs in linear time (RE2): invalid or unsupported Perl"
            + " syntax",
        "a* | pattern 'x' matches the empty text; it must ask for at least one character"
      })
  void pattern_thatRe2CannotRun_isRefused(String regex, String problem) {
    assertThatThrownBy(() -> CustomPattern.of("x", regex)).hasMessage(problem);
  }

  @Test
  void privateKey_isTakenToItsEnd() {
    String begin = "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n\nabc def ghi jkl\n";
    assertThat(ALL.redact("a\n" + begin + "-----END RSA PRIVATE KEY-----\nb"))
        .isEqualTo("a\n[redacted: a private key]\nb");
    assertThat(ALL.redact("a\n" + begin)).isEqualTo("a\n[redacted: a private key]");
  }

  @Test
  void kinds_haveNamesOfWords() {
    for (SensitiveKind kind : SensitiveKind.values()) {
      assertThat(kind.what()).matches("[aA]n? [A-Za-z-]+( [a-z]+)*");
      assertThat(Marks.name(kind)).isEqualTo(kind.name().toLowerCase(Locale.ROOT));
      assertThat(Marks.redacted(kind).length()).isLessThan(Marks.lengthMax());
    }
  }
}
