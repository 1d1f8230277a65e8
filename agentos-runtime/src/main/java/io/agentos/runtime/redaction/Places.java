package io.agentos.runtime.redaction;

import java.util.Locale;
import java.util.Set;

/**
 * Addresses of houses, as a number beside the name of a street. A guess, with the figures in
 * docs/privacy.md.
 */
final class Places {
  private static final int WORDS_MAX = 5;
  private static final Set<String> STREETS =
      Set.of(
          "street",
          "st",
          "road",
          "rd",
          "avenue",
          "ave",
          "av",
          "lane",
          "ln",
          "drive",
          "dr",
          "boulevard",
          "blvd",
          "way",
          "court",
          "ct",
          "place",
          "pl",
          "terrace",
          "square",
          "sq",
          "close",
          "crescent",
          "highway",
          "hwy",
          "parkway",
          "pkwy",
          "alley",
          "rue",
          "via",
          "viale",
          "piazza",
          "calle",
          "avda",
          "avenida",
          "rua",
          "ul",
          "ulica",
          "weg",
          "platz",
          "allee",
          "straat",
          "plein",
          "laan",
          "tér",
          "út",
          "utca",
          "u",
          "box",
          "quai",
          "chemin",
          "vei",
          "vej",
          "gata",
          "gade",
          "corso",
          "strada",
          "unit",
          "psc",
          "dosseringen");
  private static final String[] ENDINGS = {
    "straße", "strasse", "str", "gasse", "weg", "platz", "allee", "gatan", "gata", "vägen", "katu",
    "straat", "laan", "plein", "vej", "veien", "gade", "braut", "kuja", "tie", "gate", "ring",
    "kade", "zuidhove"
  };
  private static final Words INTRODUCTIONS =
      Words.of(
          "address",
          "adresse",
          "dirección",
          "lives",
          "live",
          "living",
          "residing",
          "resides",
          "deliver",
          "delivered",
          "ship",
          "shipped");

  private Places() {}

  /** A house number of up to six digits and a street, in either order. */
  static void scan(Stretch stretch) {
    int i = stretch.from;
    while (i < stretch.to) {
      if (!stretch.digit(i) || stretch.word(i - 1)) {
        i++;
        continue;
      }
      int end = i;
      while (stretch.digit(end)) {
        end++;
      }
      int to = end - i > 6 ? 0 : streetAfter(stretch, end);
      int begin = to == 0 && end - i <= 5 ? streetBefore(stretch, i) : i;
      if (to > 0 || begin < i || (end - i <= 6 && stated(stretch, i, end))) {
        int last = to > 0 ? to : end;
        last = to == 0 && begin == i ? lineEnd(stretch, end) : details(stretch, last);
        stretch.add(SensitiveKind.ADDRESS, begin, last);
        i = Math.max(last, i + 1);
      } else {
        i = Math.max(end, i + 1);
      }
    }
  }

  /** "Address: 12 …" and "lives at 12 …". */
  private static boolean stated(Stretch stretch, int begin, int end) {
    return stretch.at(end) == ' '
        && Character.isUpperCase(stretch.at(end + 1))
        && stretch.after(begin, INTRODUCTIONS);
  }

  private static int streetAfter(Stretch stretch, int from) {
    int i = from;
    for (int words = 0; words < WORDS_MAX; words++) {
      int begin = i;
      while (begin - i < 2 && (stretch.at(begin) == ' ' || stretch.at(begin) == ',')) {
        begin++;
      }
      int end = begin;
      while (end < stretch.to && inStreet(stretch.text.charAt(end))) {
        end++;
      }
      if (end == begin || begin == i) {
        return 0;
      }
      String word = stretch.text.substring(begin, end).toLowerCase(Locale.ROOT);
      if (isStreet(word)) {
        return numbered(stretch, end);
      }
      if (words > 0 && !Character.isUpperCase(stretch.at(begin)) && word.length() > 3) {
        return 0;
      }
      i = stretch.at(end) == '.' ? end + 1 : end;
    }
    return 0;
  }

  /** Back over the street before a house number: at most four words. */
  private static int streetBefore(Stretch stretch, int number) {
    int i = number;
    int found = number;
    for (int words = 0; words < WORDS_MAX - 1 && stretch.at(i - 1) == ' '; words++) {
      int end = i - 1;
      end -= stretch.at(end - 1) == '.' ? 1 : 0;
      int begin = end;
      while (begin > stretch.from && inStreet(stretch.at(begin - 1))) {
        begin--;
      }
      if (begin == end) {
        break;
      }
      if (isStreet(stretch.text.substring(begin, end).toLowerCase(Locale.ROOT))
          && (Character.isUpperCase(stretch.at(begin)) || words > 0)) {
        found = begin;
      } else if (!Character.isUpperCase(stretch.at(begin))) {
        break;
      }
      i = begin;
    }
    return found;
  }

  private static boolean isStreet(String word) {
    if (STREETS.contains(word)) {
      return true;
    }
    for (String ending : ENDINGS) {
      if (word.length() > ending.length() + 2 && word.endsWith(ending)) {
        return true;
      }
    }
    return false;
  }

  /** With the number of the house where it follows the street. */
  private static int numbered(Stretch stretch, int end) {
    int i = stretch.at(end) == '.' ? end + 1 : end;
    if (stretch.at(i) != ' ' || !stretch.digit(i + 1)) {
      return end;
    }
    i++;
    while (stretch.digit(i)) {
      i++;
    }
    return i;
  }

  /** With "Apt. 3" and the like. */
  private static int details(Stretch stretch, int end) {
    int i = end;
    while (i - end < 3 && (stretch.at(i) == ' ' || stretch.at(i) == ',' || stretch.at(i) == '\n')) {
      i++;
    }
    for (String part : new String[] {"Apt. ", "Apt ", "Suite ", "Unit ", "Flat ", "Box "}) {
      if (stretch.text.regionMatches(true, i, part, 0, part.length())
          && stretch.digit(i + part.length())) {
        int digits = i + part.length();
        while (stretch.digit(digits)) {
          digits++;
        }
        return digits;
      }
    }
    return end;
  }

  private static int lineEnd(Stretch stretch, int from) {
    int end = from;
    while (end < stretch.to && end - from < 48 && "\n.;,".indexOf(stretch.at(end)) < 0) {
      end++;
    }
    return end;
  }

  private static boolean inStreet(char c) {
    return Stretch.letter(c) || c == '-' || c == '\'';
  }
}
