package io.agentos.runtime.redaction;

/** Days after a word such as "born" or "birthday", in figures or with the name of the month. */
final class BirthDates {
  private static final Words WORDS =
      Words.of(
          "born",
          "birth",
          "birthday",
          "birthdate",
          "dob",
          "geboren",
          "geburtsdatum",
          "nacido",
          "née",
          "naissance",
          "nascimento",
          "geburtstag");
  private static final Words MONTHS =
      Words.of(
          "january",
          "february",
          "march",
          "april",
          "may",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december",
          "jan",
          "feb",
          "mar",
          "apr",
          "jun",
          "jul",
          "aug",
          "sep",
          "sept",
          "oct",
          "nov",
          "dec",
          "januar",
          "februar",
          "märz",
          "mai",
          "juni",
          "juli",
          "oktober",
          "dezember",
          "of",
          "st",
          "nd",
          "rd",
          "th");
  private static final int WORDS_MAX = 3;

  private BirthDates() {}

  static void scan(DigitRow row) {
    Stretch stretch = row.stretch;
    for (int group = 0; group < row.groups; group++) {
      int begin = row.begins[group];
      if (stretch.word(begin - 1)) {
        continue;
      }
      if (group + 2 < row.groups && isDay(row, group) && stretch.after(begin, WORDS)) {
        stretch.add(SensitiveKind.BIRTH_DATE, begin, row.ends[group + 2]);
      } else if (row.length(group) == 4 && monthBefore(stretch, begin)) {
        int from = dateBegin(stretch, begin);
        if (stretch.after(from, WORDS)) {
          stretch.add(SensitiveKind.BIRTH_DATE, from, row.ends[group]);
        }
      } else if (row.length(group) <= 2 && stretch.before(row.ends[group], MONTHS)) {
        if (stretch.after(begin, WORDS)) {
          stretch.add(SensitiveKind.BIRTH_DATE, begin, dateEnd(stretch, row.ends[group]));
        }
      }
    }
  }

  private static boolean isDay(DigitRow row, int group) {
    int one = row.length(group);
    int two = row.length(group + 1);
    int three = row.length(group + 2);
    return (one == 4 && two <= 2 && three <= 2)
        || (one <= 2 && two <= 2 && (three == 4 || three == 2));
  }

  private static boolean monthBefore(Stretch stretch, int year) {
    return dateBegin(stretch, year) < year;
  }

  /** Back over the month, and the day before or after it. */
  private static int dateBegin(Stretch stretch, int year) {
    int begin = year;
    for (int word = 0; word < WORDS_MAX; word++) {
      int end = begin;
      while (end > stretch.from && " ,.".indexOf(stretch.at(end - 1)) >= 0) {
        end--;
      }
      int from = end;
      while (from > stretch.from && stretch.word(from - 1)) {
        from--;
      }
      if (from == end
          || !(MONTHS.has(stretch.text, from, end) || Character.isDigit(stretch.text.charAt(from)))
          || end - from > 9) {
        break;
      }
      begin = from;
    }
    return begin;
  }

  /** On over the month and the year. */
  private static int dateEnd(Stretch stretch, int day) {
    int end = day;
    int i = day;
    for (int word = 0; word < WORDS_MAX; word++) {
      while (" ,.".indexOf(stretch.at(i)) >= 0 && stretch.at(i) != 0) {
        i++;
      }
      int from = i;
      while (stretch.word(i)) {
        i++;
      }
      String part = stretch.text.substring(from, Math.max(from, i));
      boolean year = part.length() == 4 && part.chars().allMatch(Character::isDigit);
      if (!year && !MONTHS.has(part, 0, part.length())) {
        break;
      }
      end = i;
      if (year) {
        break;
      }
    }
    return end;
  }
}
