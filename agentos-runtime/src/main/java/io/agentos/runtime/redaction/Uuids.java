package io.agentos.runtime.redaction;

/** UUIDs in their written form, and numbers of mobile devices (IMEI). */
final class Uuids {
  private static final int LENGTH = 36;
  private static final Words WORDS = Words.of("imei", "device", "handset");

  private Uuids() {}

  static void scan(Stretch stretch) {
    for (int hyphen = stretch.text.indexOf('-', stretch.from, stretch.to);
        hyphen >= 0;
        hyphen = stretch.text.indexOf('-', hyphen + 1, stretch.to)) {
      int begin = hyphen - 8;
      if (begin >= stretch.from
          && begin + LENGTH <= stretch.to
          && !stretch.word(begin - 1)
          && !stretch.word(begin + LENGTH)
          && isUuid(stretch, begin)) {
        stretch.add(SensitiveKind.UUID, begin, begin + LENGTH);
      }
    }
  }

  private static boolean isUuid(Stretch stretch, int begin) {
    for (int i = 0; i < LENGTH; i++) {
      char c = stretch.at(begin + i);
      boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
      if (hyphen ? c != '-' : !NetworkAddresses.hex(c)) {
        return false;
      }
    }
    return true;
  }

  /** Fifteen digits with the check digit of Luhn, after a word that says so. */
  static void scanImei(DigitRow row) {
    for (int group = 0; group < row.groups; group++) {
      boolean shaped = row.shaped(group, "2661");
      int last = shaped ? group + 3 : group;
      if ((shaped || row.length(group) == 15)
          && CardNumbers.checksOut(row.digits(group, last, 15))
          && row.stretch.after(row.begins[group], WORDS)) {
        row.stretch.add(SensitiveKind.DEVICE, row.begins[group], row.ends[last]);
      }
    }
  }
}
