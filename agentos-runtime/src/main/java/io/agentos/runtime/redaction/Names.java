package io.agentos.runtime.redaction;

import java.util.Locale;
import java.util.Set;

/**
 * Names of people: capitalised words after a title or after words such as "my name is", and those
 * that begin with a common given name. A guess, with the figures in docs/privacy.md.
 */
final class Names {
  private static final int WORDS_MAX = 4;
  private static final Set<String> TITLES =
      Set.of(
          "mr",
          "mrs",
          "ms",
          "miss",
          "dr",
          "prof",
          "professor",
          "sir",
          "herr",
          "frau",
          "señor",
          "señora",
          "monsieur",
          "madame",
          "mme",
          "signor",
          "signora",
          "mx");
  private static final Words NAME = Words.of("name", "names");
  private static final Set<String> INTRODUCTIONS =
      Set.of(
          "name",
          "named",
          "called",
          "dear",
          "regards",
          "sincerely",
          "signed",
          "attn",
          "hi",
          "hello",
          "patient",
          "customer",
          "client",
          "employee",
          "contact",
          "from",
          "by",
          "am");
  private static final Set<String> GIVEN =
      Set.of(
          ("james robert john michael david william richard joseph thomas christopher charles daniel"
                  + " matthew anthony steven paul andrew joshua kenneth kevin brian george timothy"
                  + " ronald edward jason jeffrey ryan jacob nicholas eric jonathan stephen larry"
                  + " justin scott brandon benjamin samuel gregory alexander patrick raymond jerry"
                  + " dennis tyler aaron jose adam nathan henry zachary douglas peter kyle noah ethan"
                  + " jeremy walter christian keith roger austin sean gerald carl harold dylan"
                  + " lawrence jesse bryan billy bruce gabriel joe logan alan juan albert willie elijah"
                  + " wayne randy vincent mason roy ralph bobby russell bradley philip eugene mary"
                  + " patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy"
                  + " sandra betty ashley emily kimberly margaret donna michelle carol amanda melissa"
                  + " deborah stephanie rebecca laura helen sharon cynthia kathleen amy angela shirley"
                  + " anna brenda pamela emma nicole samantha katherine christine debra rachel carolyn"
                  + " janet catherine maria heather diane olivia julie joyce victoria ruth virginia"
                  + " lauren kelly christina joan evelyn judith megan andrea cheryl hannah jacqueline"
                  + " martha gloria teresa ann sara madison frances kathryn janice jean abigail alice"
                  + " julia judy sophia beverly denise marilyn amber danielle brittany diana natalie"
                  + " sophie lena hans klaus jürgen wolfgang stefan andreas matthias sabine ursula"
                  + " petra monika claudia pierre jacques françois claire camille luca giulia marco"
                  + " francesca paolo elena carlos luis miguel carmen lucía sofía pablo diego lars"
                  + " erik anders ingrid astrid bjørn sven olga natalia dmitri ivan sergei aleksandr"
                  + " yuki hiroshi kenji wei ming priya raj amit fatima ahmed mohammed omar yusuf")
              .split(" ", -1));
  private static final Set<String> NOT =
      Set.of(
          "sir",
          "madam",
          "customer",
          "team",
          "all",
          "i",
          "the",
          "we",
          "you",
          "this",
          "it",
          "mr",
          "mrs",
          "ms",
          "dr",
          "please",
          "there",
          "what",
          "how",
          "a",
          "an",
          "to",
          "and",
          "in",
          "on",
          "my",
          "our",
          "is",
          "are",
          "can",
          "could",
          "if",
          "when",
          "date",
          "address",
          "phone");

  private Names() {}

  static void scan(Stretch stretch) {
    int i = stretch.from;
    while (i < stretch.to) {
      char c = stretch.text.charAt(i);
      if (!Character.isUpperCase(c) || stretch.word(i - 1) || stretch.at(i - 1) == '@') {
        i++;
        continue;
      }
      int first = wordEnd(stretch, i);
      int end = nameEnd(stretch, i, first);
      String word = stretch.text.substring(i, first).toLowerCase(Locale.ROOT);
      boolean initial = first - i == 1;
      if (!NOT.contains(word)
          && !TITLES.contains(word)
          && (GIVEN.contains(word) || (introduced(stretch, i) && (!initial || end > first + 1)))) {
        stretch.add(SensitiveKind.NAME, i, end);
        i = end;
      } else {
        i = first;
      }
    }
  }

  private static boolean introduced(Stretch stretch, int begin) {
    int end = begin;
    while (end > stretch.floor && " .:,\n>".indexOf(stretch.at(end - 1)) >= 0 && begin - end < 6) {
      end--;
    }
    int from = end;
    while (from > stretch.floor && end - from < 16 && Stretch.letter(stretch.at(from - 1))) {
      from--;
    }
    String word = stretch.text.substring(from, end).toLowerCase(Locale.ROOT);
    if (word.equals("is") || word.equals("s")) {
      return stretch.after(from, NAME);
    }
    boolean titled = TITLES.contains(word);
    return titled || INTRODUCTIONS.contains(word);
  }

  /** On over capitalised words and initials, each after one space. */
  private static int nameEnd(Stretch stretch, int begin, int first) {
    int end = stretch.at(first) == '.' && first - begin == 1 ? first + 1 : first;
    for (int words = 1; words < WORDS_MAX; words++) {
      if (stretch.at(end) != ' ' || !Character.isUpperCase(stretch.at(end + 1))) {
        break;
      }
      int next = wordEnd(stretch, end + 1);
      String word = stretch.text.substring(end + 1, next).toLowerCase(Locale.ROOT);
      if (NOT.contains(word)) {
        break;
      }
      end = stretch.at(next) == '.' && next - end == 2 ? next + 1 : next;
    }
    return end;
  }

  private static int wordEnd(Stretch stretch, int begin) {
    int end = begin;
    while (end < stretch.to
        && (Stretch.letter(stretch.text.charAt(end))
            || ("-'’".indexOf(stretch.text.charAt(end)) >= 0
                && Stretch.letter(stretch.at(end + 1))))) {
      end++;
    }
    return Math.max(end, begin + 1);
  }
}
