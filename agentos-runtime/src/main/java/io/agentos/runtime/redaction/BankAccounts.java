package io.agentos.runtime.redaction;

/**
 * IBANs: a country of the IBAN registry, its length, and the check digits of ISO 13616 (modulo 97);
 * with spaces or hyphens between, in any case.
 */
final class BankAccounts {
  private static final int[] LENGTHS = lengths();

  private BankAccounts() {}

  static void scan(Stretch stretch) {
    int i = stretch.from;
    while (i + 3 < stretch.to) {
      int end =
          Ascii.is(stretch.text.charAt(i + 2), Ascii.DIGIT) && starts(stretch, i)
              ? end(stretch, i)
              : 0;
      if (end > 0) {
        stretch.add(SensitiveKind.IBAN, i, end);
      }
      i = Math.max(i + 1, end);
    }
  }

  private static boolean starts(Stretch stretch, int i) {
    return Stretch.asciiLetter(stretch.at(i))
        && Stretch.asciiLetter(stretch.at(i + 1))
        && stretch.digit(i + 3)
        && !Stretch.alphanumeric(stretch.at(i - 1));
  }

  /** Where the account ends that begins here; 0 where none does. */
  private static int end(Stretch stretch, int begin) {
    int length = LENGTHS[country(stretch.at(begin), stretch.at(begin + 1))];
    boolean between = false;
    int index = begin;
    int read = 0;
    int head = 0;
    int rest = 0;
    for (; read < length && index < stretch.to; index++) {
      char c = stretch.text.charAt(index);
      if (Stretch.alphanumeric(c)) {
        between = false;
        if (read++ < 4) {
          head = head * 100 + Character.digit(c, 36);
        } else {
          rest = shifted(rest, Character.digit(c, 36));
        }
      } else if ((c == ' ' || c == '-') && !between) {
        between = true;
      } else {
        return 0;
      }
    }
    if (length == 0 || read < length || Stretch.alphanumeric(stretch.at(index))) {
      return 0;
    }
    // The first four come last: two letters of two digits each, two check digits.
    int letters = head / 10_000;
    int check = head / 100 % 100 * 10 + head % 100;
    rest = shifted(shifted(rest, letters / 100), letters % 100);
    return (rest * 100 + check) % 97 == 1 ? index : 0;
  }

  private static int shifted(int rest, int value) {
    return (rest * (value > 9 ? 100 : 10) + value) % 97;
  }

  private static int country(char first, char second) {
    return (Character.digit(first, 36) - 10) * 26 + Character.digit(second, 36) - 10;
  }

  private static int[] lengths() {
    String registry =
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27"
            + " DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28"
            + " HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21"
            + " LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29"
            + " PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23"
            + " TN24 TR26 UA29 VA22 VG24 XK20 YE30";
    int[] lengths = new int[26 * 26];
    for (String country : registry.split(" ", -1)) {
      lengths[country(country.charAt(0), country.charAt(1))] =
          Integer.parseInt(country.substring(2));
    }
    return lengths;
  }
}
