package io.agentos.runtime.gates;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * IBANs in texts: a country of the IBAN registry, its length, and the check digits of ISO 13616
 * (modulo 97); with spaces or hyphens between, in any case.
 */
final class BankAccounts {
  private static final Map<String, Integer> LENGTHS = lengths();
  private static final Pattern BEGIN = Pattern.compile("(?<![A-Za-z0-9])[A-Za-z]{2}[0-9]{2}");

  private BankAccounts() {}

  /** The IBANs in a text, in capitals without spaces. */
  static List<String> in(String text) {
    List<String> found = new ArrayList<>();
    Matcher begin = BEGIN.matcher(text);
    while (begin.find()) {
      String country = text.substring(begin.start(), begin.start() + 2).toUpperCase(Locale.ROOT);
      String account = read(text, begin.start(), LENGTHS.getOrDefault(country, 0));
      if (checksOut(account)) {
        found.add(account);
      }
    }
    return found;
  }

  /** So many letters and digits from here, with at most one sign between two; else nothing. */
  private static String read(String text, int from, int length) {
    StringBuilder account = new StringBuilder();
    boolean between = false;
    int index = from;
    for (; index < text.length() && account.length() < length; index++) {
      char c = text.charAt(index);
      if (c < 0x80 && Character.isLetterOrDigit(c)) {
        account.append(c);
        between = false;
      } else if ((c == ' ' || c == '-') && !between) {
        between = true;
      } else {
        return "";
      }
    }
    boolean goesOn =
        index < text.length()
            && text.charAt(index) < 0x80
            && Character.isLetterOrDigit(text.charAt(index));
    return account.length() < length || goesOn ? "" : account.toString().toUpperCase(Locale.ROOT);
  }

  private static boolean checksOut(String account) {
    if (account.isEmpty()) {
      return false;
    }
    int rest = 0;
    for (char c : (account.substring(4) + account.substring(0, 4)).toCharArray()) {
      int value = Character.digit(c, 36);
      rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
    }
    return rest == 1;
  }

  private static Map<String, Integer> lengths() {
    String registry =
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27"
            + " DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28"
            + " HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21"
            + " LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29"
            + " PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23"
            + " TN24 TR26 UA29 VA22 VG24 XK20 YE30";
    Map<String, Integer> lengths = new HashMap<>();
    for (String country : List.of(registry.split(" ", -1))) {
      lengths.put(country.substring(0, 2), Integer.valueOf(country.substring(2)));
    }
    return lengths;
  }
}
