package io.agentos.tools.marketing.copy;

import static io.agentos.tools.report.Markdown.code;
import static io.agentos.tools.report.Markdown.count;

import io.agentos.tools.report.Finding;
import io.agentos.tools.report.Markdown;
import io.agentos.tools.report.Place;
import io.agentos.tools.report.Rule;
import io.agentos.tools.report.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sentence by sentence. Owned by one thread. */
final class CopyChecks {
  private static final int SENTENCE_WORDS_MAX = 25;
  private static final int SENTENCE_WORDS_TOO_MANY = 40;
  private static final int PARAGRAPH_WORDS_MAX = 120;
  private static final int HEADING_WORDS_MAX = 12;
  private static final int QUOTED_LENGTH = 56;
  private static final int PER_RULE_MAX = 50;
  private static final Pattern PASSIVE =
      Pattern.compile(
          "\\b(?:am|is|are|was|were|be|been|being)\\s+(?:\\w{2,20}ly\\s+|not\\s+|also\\s+)?"
              + "(\\w{2,20}ed|built|bought|brought|caught|chosen|done|drawn|driven|found|given|held|kept|"
              + "known|laid|led|left|lost|made|meant|met|paid|put|read|run|said|seen|sent|set|shown|sold|"
              + "spent|taken|taught|told|thought|understood|won|written)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Set<String> ADJECTIVES =
      Set.of(
          "interested",
          "limited",
          "excited",
          "pleased",
          "delighted",
          "tired",
          "related",
          "used",
          "located",
          "supposed",
          "committed",
          "dedicated",
          "experienced",
          "needed",
          "advanced",
          "concerned",
          "worried",
          "bored",
          "open",
          "closed",
          "married",
          "retired",
          "unlimited",
          "detailed",
          "involved",
          "embed",
          "need",
          "speed",
          "red",
          "bed",
          "shed",
          "left",
          "read",
          "set",
          "run");
  private static final Pattern TWICE =
      Pattern.compile("\\b(\\p{L}{2,20})\\s+\\1\\b", Pattern.CASE_INSENSITIVE);
  private static final Set<String> MAY_STAND_TWICE = Set.of("that", "had", "bye", "blah");
  private static final Pattern CAPITALS = Pattern.compile("\\b[A-Z]{4,}(?:\\s+[A-Z]{2,})+\\b");
  private static final Pattern US = Pattern.compile("(?i)\\b(?:we|our|ours|us)\\b");
  private static final Pattern YOU = Pattern.compile("(?i)\\b(?:you|your|yours|yourself)\\b");

  private final String source;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>();

  CopyChecks(String source) {
    this.source = source;
  }

  List<Finding> of(Prose prose, Figures figures, int gradeMax) {
    grade(figures, gradeMax);
    int us = 0;
    int you = 0;
    for (Prose.Paragraph paragraph : prose.paragraphs()) {
      int words = 0;
      for (Sentence sentence : Sentence.in(paragraph)) {
        words += sentence.words().size();
        sentence(sentence);
        us += number(US.matcher(sentence.text()));
        you += number(YOU.matcher(sentence.text()));
      }
      if (words > PARAGRAPH_WORDS_MAX) {
        add(
            CopyRules.PARAGRAPH,
            Severity.MEDIUM,
            paragraph.line(),
            "",
            "It has %s, and begins %s.".formatted(count(words, "word"), quoted(paragraph.text())),
            "Cut it where a new thought begins, or make a list of it.");
      }
    }
    headings(prose);
    if (us >= 4 && us > you) {
      add(
          CopyRules.ABOUT_US,
          Severity.MEDIUM,
          0,
          "",
          "\"We\", \"our\" and \"us\" stand %s, \"you\" and \"your\" %s."
              .formatted(count(us, "time"), count(you, "time")),
          "Begin sentences with what the reader gets: \"You save …\" for \"Our product offers …\".");
    }
    return findings;
  }

  private void grade(Figures figures, int gradeMax) {
    double grade = figures.fleschKincaid();
    if (grade > gradeMax && figures.words() >= CopyCheck.WORDS_MIN) {
      add(
          CopyRules.GRADE,
          grade > gradeMax + 3 ? Severity.HIGH : Severity.MEDIUM,
          0,
          "",
          "It is of grade %s, and %d was asked for; a sentence has %s words on average, a word %s syllables."
              .formatted(
                  Markdown.decimal(grade, 1),
                  gradeMax,
                  Markdown.decimal(figures.averageSentence(), 1),
                  Markdown.decimal(figures.syllables() / (double) figures.words(), 2)),
          "Cut the long sentences below first, then take the shorter words.");
    }
  }

  private void sentence(Sentence sentence) {
    int words = sentence.words().size();
    if (words > SENTENCE_WORDS_MAX) {
      add(
          CopyRules.SENTENCE,
          words > SENTENCE_WORDS_TOO_MANY ? Severity.HIGH : Severity.MEDIUM,
          sentence.line(),
          "",
          "%d words: %s".formatted(words, quoted(sentence.text())),
          "Make two of it; begin the second at \"and\", \"which\" or a comma.");
    }
    Matcher passive = PASSIVE.matcher(sentence.text());
    while (passive.find()) {
      if (!ADJECTIVES.contains(passive.group(1).toLowerCase(Locale.ROOT))) {
        add(
            CopyRules.PASSIVE,
            Severity.LOW,
            sentence.lineAt(passive.start()),
            passive.group(),
            "In %s".formatted(around(sentence.text(), passive.start())),
            "Say who does it, and put them first.");
      }
    }
    phrases(sentence);
    slips(sentence);
  }

  private void slips(Sentence sentence) {
    Matcher twice = TWICE.matcher(sentence.text());
    while (twice.find()) {
      if (!MAY_STAND_TWICE.contains(twice.group(1).toLowerCase(Locale.ROOT))) {
        add(
            CopyRules.DOUBLED,
            Severity.MEDIUM,
            sentence.lineAt(twice.start()),
            twice.group(),
            "In %s".formatted(around(sentence.text(), twice.start())),
            "Take one of the two out.");
      }
    }
    Matcher capitals = CAPITALS.matcher(sentence.text());
    boolean shouts = sentence.text().contains("!!") || sentence.text().contains("?!");
    if (capitals.find() || shouts) {
      add(
          CopyRules.SHOUTING,
          Severity.LOW,
          sentence.line(),
          "",
          "In %s".formatted(quoted(sentence.text())),
          "Write it in small letters, with a full stop.");
    }
  }

  private void phrases(Sentence sentence) {
    for (Phrases.Hit hit : Phrases.LONG.in(sentence.text())) {
      add(
          CopyRules.LONG_WORD,
          Severity.LOW,
          sentence.lineAt(hit.at()),
          hit.phrase(),
          "In %s".formatted(around(sentence.text(), hit.at())),
          hit.instead().startsWith("(")
              ? "Leave it out."
              : "Write \"%s\".".formatted(hit.instead()));
    }
    for (Phrases.Hit hit : Phrases.EMPTY.in(sentence.text())) {
      add(
          CopyRules.EMPTY_CLAIM,
          Severity.MEDIUM,
          sentence.lineAt(hit.at()),
          hit.phrase(),
          "In %s".formatted(around(sentence.text(), hit.at())),
          "Say what it does, for whom, and how much: a number, a name, an example.");
    }
    for (Phrases.Hit hit : Phrases.PROVE.in(sentence.text())) {
      add(
          CopyRules.CLAIM,
          Severity.MEDIUM,
          sentence.lineAt(hit.at()),
          hit.phrase(),
          "In %s".formatted(around(sentence.text(), hit.at())),
          "Put the proof beside it (source, date, conditions), or say less.");
    }
    for (Phrases.Hit hit : Phrases.FILLERS.in(sentence.text())) {
      add(
          CopyRules.FILLER,
          Severity.LOW,
          sentence.lineAt(hit.at()),
          hit.phrase(),
          "In %s".formatted(around(sentence.text(), hit.at())),
          "Leave it out.");
    }
  }

  private void headings(Prose prose) {
    for (Prose.Paragraph heading : prose.headings()) {
      int words = Sentence.words(heading.text()).size();
      if (words > HEADING_WORDS_MAX) {
        add(
            CopyRules.HEADING,
            Severity.LOW,
            heading.line(),
            "",
            "%d words: %s".formatted(words, quoted(heading.text())),
            "Keep the promise and drop the rest.");
      }
    }
  }

  /** How often each rule was met, also where no more findings are written out. */
  Map<String, Integer> counts() {
    return counts;
  }

  private static String quoted(String text) {
    return around(text, 0);
  }

  /** Some words before and after a place. */
  private static String around(String text, int at) {
    int from = Math.max(0, at - QUOTED_LENGTH / 3);
    int to = Math.min(text.length(), from + QUOTED_LENGTH);
    int begin = from == 0 ? 0 : Math.min(at, text.indexOf(' ', from - 1) + 1);
    int end = to == text.length() ? to : Math.max(text.lastIndexOf(' ', to), at);
    end = end > at ? end : to;
    return code(
        (begin > 0 ? "… " : "") + text.substring(begin, end) + (end < text.length() ? " …" : ""));
  }

  private static int number(Matcher matcher) {
    int found = 0;
    while (matcher.find()) {
      found++;
    }
    return found;
  }

  private void add(Rule rule, Severity severity, int line, String target, String what, String fix) {
    if (counts.merge(rule.id(), 1, Integer::sum) <= PER_RULE_MAX) {
      findings.add(new Finding(rule, severity, new Place(source, line, target), what, fix));
    }
  }
}
