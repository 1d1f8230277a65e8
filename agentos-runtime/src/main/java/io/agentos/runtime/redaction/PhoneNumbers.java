package io.agentos.runtime.redaction;

/**
 * Phone numbers: with their country (E.164, after {@code +} or {@code 00}), as ten digits in the
 * manner of North America, with an area in brackets, with a leading zero in the manner of Europe;
 * and, beside a word such as "phone" or "mobile", any 7 to 12 digits in groups.
 */
final class PhoneNumbers {
  private static final int DIGITS_MIN = 7;
  private static final int DIGITS_MAX = 15;
  private static final int NATIONAL_MAX = 12;
  private static final Words BEFORE =
      Words.of(
          "phone",
          "phones",
          "telephone",
          "tel",
          "telefon",
          "telepono",
          "mobile",
          "mobil",
          "cell",
          "cellphone",
          "fax",
          "desk",
          "call",
          "called",
          "calling",
          "dial",
          "ring",
          "sms",
          "whatsapp",
          "contact",
          "reach",
          "reached",
          "answering",
          "messages",
          "registered",
          "handy",
          "cep",
          "hotline",
          "teléfono",
          "téléphone",
          "telefono",
          "telefone",
          "phoned");
  private static final Words AFTER =
      Words.of("office", "fax", "mobile", "home", "cell", "work", "phone", "tel");

  private PhoneNumbers() {}

  static void scan(DigitRow row) {
    int group = 0;
    while (group < row.groups) {
      int last = lastGroup(row, group);
      if (last >= 0) {
        Stretch stretch = row.stretch;
        int begin = row.begins[group];
        while (begin > stretch.from && "+(".indexOf(stretch.at(begin - 1)) >= 0) {
          begin--;
        }
        stretch.add(SensitiveKind.PHONE, begin, extended(stretch, row.ends[last]));
        group = last;
      }
      group++;
    }
  }

  private static int lastGroup(DigitRow row, int first) {
    Stretch stretch = row.stretch;
    int begin = row.begins[first];
    boolean plus =
        stretch.at(begin - 1) == '+'
            || (stretch.at(begin - 1) == '(' && stretch.at(begin - 2) == '+');
    if (plus) {
      return international(row, first);
    }
    int before = stretch.at(begin - 1) == '(' ? begin - 2 : begin - 1;
    if (stretch.word(before) || stretch.at(before) == '.' || stretch.at(before) == '#') {
      return -1;
    }
    int last = northAmerican(row, first);
    // What follows other digits is a part of something else.
    boolean apart = first == 0 || row.between(first - 1) == 0 || row.between(first - 1) == '/';
    if (last < 0 && apart && !dated(row, first)) {
      last = national(row, first);
    }
    if (last < 0 && apart && stretch.at(begin - 1) != '-' && !dated(row, first)) {
      last = named(row, first);
    }
    return last >= 0 && bounded(row, last) ? last : -1;
  }

  /** After a plus: as many whole groups as make 8 to 15 digits. */
  private static int international(DigitRow row, int first) {
    int before = row.begins[first] - (row.stretch.at(row.begins[first] - 1) == '(' ? 3 : 2);
    if (row.stretch.at(row.begins[first]) == '0' || row.stretch.word(before)) {
      return -1;
    }
    int digits = 0;
    int found = -1;
    for (int group = first; group < row.groups; group++) {
      digits += row.length(group);
      if (digits > DIGITS_MAX) {
        break;
      }
      found = digits > DIGITS_MIN ? group : found;
    }
    return found;
  }

  /** 3-3-4, or ten digits that stand alone or after a word; area and exchange begin with 2 to 9. */
  private static int northAmerican(DigitRow row, int first) {
    int begin = row.begins[first];
    boolean prefixed = row.shaped(first, "1334") || row.shaped(first, "3334");
    int area = prefixed ? first + 1 : first;
    boolean shaped =
        area + 2 < row.groups
            && row.length(area) == 3
            && row.length(area + 1) == 3
            && row.length(area + 2) == 4
            && row.stretch.at(row.begins[area]) >= '2'
            && row.stretch.at(row.begins[area + 1]) >= '2'
            && row.between(area + 1) != '/';
    if (shaped) {
      return area + 2;
    }
    boolean ten =
        row.length(first) == 10 || (row.length(first) == 11 && row.stretch.at(begin) == '1');
    int at = row.ends[first] - 10;
    return ten
            && row.stretch.at(at) >= '2'
            && row.stretch.at(at) <= '5'
            && row.stretch.alone(begin, row.ends[first])
        ? first
        : -1;
  }

  /** With 00 and a country, a leading zero, or an area in brackets. */
  private static int national(DigitRow row, int first) {
    int begin = row.begins[first];
    boolean bracket =
        row.stretch.at(begin - 1) == '('
            && row.stretch.at(row.ends[first]) == ')'
            && row.length(first) >= 2
            && row.length(first) <= 5;
    boolean zero = row.stretch.at(begin) == '0' && row.length(first) <= NATIONAL_MAX;
    // 0 (917) 123 4567: the trunk prefix by itself.
    if (!bracket && !zero) {
      return -1;
    }
    int digits = 0;
    int found = -1;
    for (int group = first; group < row.groups; group++) {
      digits += row.length(group);
      boolean country = zero && row.stretch.at(begin + 1) == '0';
      if (digits > (country ? DIGITS_MAX : NATIONAL_MAX)) {
        break;
      }
      boolean whole = group > first ? digits >= (bracket ? 8 : 9) : digits == 11;
      found = whole ? group : found;
    }
    return found;
  }

  /** Beside a word that says so. */
  private static int named(DigitRow row, int first) {
    int digits = 0;
    int found = -1;
    for (int group = first; group < row.groups && row.length(group) <= 11; group++) {
      digits += row.length(group);
      if (digits > NATIONAL_MAX) {
        break;
      }
      found = digits >= DIGITS_MIN ? group : found;
    }
    boolean named =
        found >= 0
            && (row.stretch.after(row.begins[first], BEFORE)
                || row.stretch.before(row.ends[found], AFTER));
    return named ? found : -1;
  }

  /**
   * Days, such as 2026-02-28 or 28.02.2026, and what is written like a US number of another kind.
   */
  private static boolean dated(DigitRow row, int first) {
    if (row.shaped(first, "324")) {
      return true;
    }
    if (first + 2 >= row.groups) {
      return false;
    }
    int one = row.length(first);
    int two = row.length(first + 1);
    int three = row.length(first + 2);
    char year = row.stretch.at(row.begins[one == 4 ? first : first + 2]);
    return (year == '1' || year == '2')
        && ((one == 4 && two <= 2 && three <= 2) || (one <= 2 && two <= 2 && three == 4));
  }

  private static boolean bounded(DigitRow row, int last) {
    int end = row.ends[last];
    char after = row.stretch.at(end);
    boolean extension = after == 'x' && row.stretch.digit(end + 1);
    return extension || !(row.stretch.word(end) || (after == '.' && row.stretch.digit(end + 1)));
  }

  /** With an extension such as x4587. */
  private static int extended(Stretch stretch, int end) {
    if (stretch.at(end) != 'x') {
      return end;
    }
    int digits = end + 1;
    while (stretch.digit(digits) && digits - end <= 6) {
      digits++;
    }
    return digits > end + 1 ? digits : end;
  }
}
