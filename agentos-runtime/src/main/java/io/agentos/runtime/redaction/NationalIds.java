package io.agentos.runtime.redaction;

import java.util.List;
import java.util.function.Predicate;

/**
 * Numbers that states give to people: the US social security and taxpayer numbers, and numbers of
 * twenty other countries, each with the checksum it has. Those of digits alone are taken for one
 * where they stand alone, in the groups they are written in, or after a word that says so.
 */
final class NationalIds {
  private static final Words SSN_WORDS = Words.of("ssn", "social", "security", "itin", "taxpayer");
  private static final Words WORDS =
      Words.of(
          "id",
          "ids",
          "pesel",
          "tax",
          "steuer",
          "idnr",
          "cpf",
          "aadhaar",
          "nhs",
          "sin",
          "nas",
          "tfn",
          "kimlik",
          "bsn",
          "pnr",
          "personnummer",
          "identity",
          "insurance",
          "national",
          "insee",
          "sécurité",
          "sociale",
          "ahv",
          "avs",
          "resident",
          "rrn",
          "passport",
          "uid",
          "identification",
          "fiscal",
          "citizen",
          "rijksregister");

  /** A number of digits, with the groups in which it is written. */
  private record Form(String groups, int digits, Predicate<String> check) {
    Form(String groups, Predicate<String> check) {
      this(groups, groups.chars().map(c -> c - '0').sum(), check);
    }
  }

  private static final List<Form> FORMS =
      List.of(
          new Form("56", d -> weighted(d, 10, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1) == 0), // PL
          new Form("2333", NationalIds::german),
          new Form("3332", NationalIds::brazilian),
          new Form("444", NationalIds::indian),
          new Form("334", d -> weighted(d, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1) == 0), // NHS
          new Form("333", d -> d.charAt(0) != '0' && CardNumbers.checksOut(d) && mixed(d)), // CA
          new Form("333", d -> weighted(d, 11, 1, 4, 3, 7, 5, 8, 6, 9, 10) == 0 && mixed(d)), // AU
          new Form("9", d -> weighted(d, 11, 9, 8, 7, 6, 5, 4, 3, 2, -1) == 0 && mixed(d)), // NL
          new Form("335", NationalIds::turkish),
          new Form("64", d -> dated(d, 2) && CardNumbers.checksOut(d)), // SE
          new Form("84", d -> dated(d, 4) && CardNumbers.checksOut(d.substring(2))), // SE
          new Form("643", d -> dated(d, 2) && CardNumbers.checksOut(d)), // ZA
          new Form("67", NationalIds::korean),
          new Form("3442", NationalIds::swiss),
          new Form("632", NationalIds::belgian),
          new Form("96", NationalIds::french));

  private NationalIds() {}

  static void scan(DigitRow row, boolean ssn, boolean ids) {
    for (int group = 0; group < row.groups; group++) {
      Stretch stretch = row.stretch;
      int begin = row.begins[group];
      char before = stretch.at(begin - 1);
      if (stretch.word(begin - 1) || before == '-' || before == '.' || before == '+') {
        continue;
      }
      int social = ssn ? social(row, group) : -1;
      if (social >= 0 && !stretch.word(row.ends[social]) && !goesOn(stretch, row.ends[social])) {
        stretch.add(SensitiveKind.SSN, begin, row.ends[social]);
      } else if (ids) {
        numbered(row, group);
      }
    }
  }

  private static boolean goesOn(Stretch stretch, int end) {
    char c = stretch.at(end);
    return (c == '-' || c == '.') && stretch.digit(end + 1);
  }

  /** 3-2-4, or nine digits; areas, groups and serials that are never given out are none (SSA). */
  private static int social(DigitRow row, int group) {
    boolean shaped = row.shaped(group, "324") && row.between(group) == row.between(group + 1);
    int last = shaped ? group + 2 : group;
    if (!shaped && row.length(group) != 9) {
      return -1;
    }
    String digits = row.digits(group, last, 9);
    int area = Integer.parseInt(digits.substring(0, 3));
    int middle = Integer.parseInt(digits.substring(3, 5));
    boolean taxpayer =
        area >= 900
            && ((middle >= 50 && middle <= 65)
                || (middle >= 70 && middle <= 88)
                || (middle >= 90 && middle <= 92)
                || middle >= 94);
    boolean given =
        taxpayer
            || (area != 0
                && area != 666
                && area < 900
                && middle != 0
                && !digits.endsWith("0000")
                && !digits.equals("078051120"));
    boolean meant =
        shaped
            || row.stretch.alone(row.begins[group], row.ends[group])
            || row.stretch.after(row.begins[group], SSN_WORDS);
    return given && meant ? last : -1;
  }

  private static void numbered(DigitRow row, int group) {
    Stretch stretch = row.stretch;
    for (Form form : FORMS) {
      boolean shaped = form.groups.length() > 1 && row.shaped(group, form.groups);
      boolean whole = !shaped && row.length(group) == form.digits;
      int last = shaped ? group + form.groups.length() - 1 : group;
      if ((shaped || whole)
          && !stretch.word(row.ends[last])
          && !goesOn(stretch, row.ends[last])
          && form.check.test(row.digits(group, last, 20))
          && meant(row, group, last, shaped)) {
        stretch.add(SensitiveKind.NATIONAL_ID, row.begins[group], row.ends[last]);
        return;
      }
    }
  }

  private static boolean meant(DigitRow row, int group, int last, boolean shaped) {
    return (shaped && row.between(group) != ' ')
        || row.stretch.alone(row.begins[group], row.ends[last])
        || row.stretch.after(row.begins[group], WORDS);
  }

  static int weighted(String digits, int modulus, int... weights) {
    int sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += (digits.charAt(i) - '0') * weights[i];
    }
    return Math.floorMod(sum, modulus);
  }

  private static boolean mixed(String digits) {
    return digits.chars().distinct().count() > 2;
  }

  private static boolean dated(String digits, int year) {
    int month = Integer.parseInt(digits.substring(year, year + 2));
    int day = Integer.parseInt(digits.substring(year + 2, year + 4));
    return month >= 1 && month <= 12 && day >= 1 && (day <= 31 || (day >= 61 && day <= 91));
  }

  /** ISO 7064, MOD 11,10. */
  private static boolean german(String digits) {
    int product = 10;
    for (int i = 0; i < 10; i++) {
      int sum = (digits.charAt(i) - '0' + product) % 10;
      product = (sum == 0 ? 10 : sum) * 2 % 11;
    }
    long distinct = digits.substring(0, 10).chars().distinct().count();
    return digits.charAt(0) != '0'
        && distinct >= 8
        && (11 - product) % 10 == digits.charAt(10) - '0';
  }

  private static boolean brazilian(String digits) {
    return mixed(digits)
        && check(digits, 9, 10) == digits.charAt(9) - '0'
        && check(digits, 10, 11) == digits.charAt(10) - '0';
  }

  private static int check(String digits, int length, int weight) {
    int sum = 0;
    for (int i = 0; i < length; i++) {
      sum += (digits.charAt(i) - '0') * (weight - i);
    }
    return sum * 10 % 11 % 10;
  }

  /** Verhoeff: the dihedral group of order ten. */
  private static boolean indian(String digits) {
    int check = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      check = dihedral(check, permuted(digit, i % 8));
    }
    return digits.charAt(0) >= '2' && check == 0;
  }

  private static int permuted(int digit, int times) {
    int value = digit;
    for (int i = 0; i < times; i++) {
      value = "1576283094".charAt(value) - '0';
    }
    return value;
  }

  private static int dihedral(int a, int b) {
    if (a < 5) {
      return b < 5 ? (a + b) % 5 : 5 + (a + b - 5) % 5;
    }
    return b < 5 ? 5 + Math.floorMod(a - 5 - b, 5) : Math.floorMod(a - b, 5);
  }

  private static boolean turkish(String d) {
    int odd = weighted(d, 1_000, 1, 0, 1, 0, 1, 0, 1, 0, 1);
    int even = weighted(d, 1_000, 0, 1, 0, 1, 0, 1, 0, 1);
    int sum = weighted(d, 1_000, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    return d.charAt(0) != '0'
        && Math.floorMod(odd * 7 - even, 10) == d.charAt(9) - '0'
        && sum % 10 == d.charAt(10) - '0';
  }

  private static boolean korean(String d) {
    return dated(d, 2)
        && (11 - weighted(d, 11, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)) % 10 == d.charAt(12) - '0';
  }

  private static boolean swiss(String d) {
    return d.startsWith("756") && weighted(d, 10, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1) == 0;
  }

  private static boolean belgian(String d) {
    long number = Long.parseLong(d.substring(0, 9));
    int check = Integer.parseInt(d.substring(9, 11));
    return dated(d, 2)
        && (97 - number % 97 == check || 97 - (2_000_000_000 + number) % 97 == check);
  }

  private static boolean french(String d) {
    int month = Integer.parseInt(d.substring(3, 5));
    return (d.charAt(0) == '1' || d.charAt(0) == '2')
        && month >= 1
        && month <= 12
        && 97 - Long.parseLong(d.substring(0, 13)) % 97 == Integer.parseInt(d.substring(13));
  }
}
