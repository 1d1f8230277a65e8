package io.agentos.tools.contracts;

import io.agentos.tools.contracts.Contract.Paragraph;
import io.agentos.tools.findings.Finding;
import io.agentos.tools.findings.Place;
import io.agentos.tools.findings.Severity;
import io.agentos.tools.findings.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Places where a contract contradicts itself or is not finished. */
final class Consistency {
  private static final Pattern REFERENCE =
      Pattern.compile(
          "(?i)\\b(?:sections?|clauses?|articles?|§)\\s?(\\d{1,2}(?:\\.\\d{1,2}){0,3})");
  private static final Pattern OTHER_TEXT =
      Pattern.compile(
          "(?i)^[^.;]{0,30}\\bof (?:the )?(?:GDPR|Directive|Regulation|Act|Code|Statute|Law)\\b");
  private static final Pattern OPEN =
      Pattern.compile(
          "\\[\\s*(?:●|•|\\*|_+|TBD|TBC|tbd|insert[^\\]]{0,60}|name[^\\]]{0,40}|date[^\\]]{0,40}|amount[^\\]]{0,40}|\\s*)\\]|_{4,}|\\bXX+\\b|\\bTBD\\b|<[A-Z][A-Z _]{2,40}>");
  private static final Pattern WORD_AND_NUMBER =
      Pattern.compile("\\b([A-Za-z]+(?:[- ][A-Za-z]+)?) \\((\\d{1,4})\\)");
  private static final Pattern DEFINED =
      Pattern.compile("[\"“]([A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+){0,3})[\"”]");
  private static final int TERMS_MAX = 300;
  private static final Map<String, Integer> NUMBERS = numbers();

  private final Contract contract;
  private final List<Finding> found = new ArrayList<>();

  private Consistency(Contract contract) {
    this.contract = contract;
  }

  static List<Finding> findings(Contract contract) {
    Consistency consistency = new Consistency(contract);
    contract.paragraphs().forEach(consistency::check);
    consistency.definitions();
    return consistency.found;
  }

  private static Map<String, Integer> numbers() {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    String[] small =
        ("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
                + " sixteen seventeen eighteen nineteen")
            .split(" ", -1);
    for (int i = 0; i < small.length; i++) {
      numbers.put(small[i], i + 1);
    }
    String[] tens = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ", -1);
    for (int i = 0; i < tens.length; i++) {
      int ten = 20 + 10 * i;
      numbers.put(tens[i], ten);
      for (int j = 0; j < 9; j++) {
        numbers.put(tens[i] + "-" + small[j], ten + j + 1);
        numbers.put(tens[i] + " " + small[j], ten + j + 1);
      }
    }
    numbers.put("one hundred", 100);
    numbers.put("hundred", 100);
    return numbers;
  }

  private void check(Paragraph paragraph) {
    String text = paragraph.text();
    Matcher reference = REFERENCE.matcher(text);
    while (reference.find()) {
      String number = reference.group(1);
      boolean elsewhere = OTHER_TEXT.matcher(text.substring(reference.end())).find();
      if (!elsewhere && !contract.numbers().isEmpty() && !isThere(number)) {
        add(
            "reference-to-nothing",
            Severity.MEDIUM,
            paragraph,
            "refers to %s, which is not there".formatted(Words.code(reference.group())),
            "The sentence has no effect, or another one than meant.",
            "Refer to the clause that was meant; numbers move when clauses are taken out.");
      }
    }
    Matcher open = OPEN.matcher(text);
    if (open.find()) {
      add(
          "left-open",
          Severity.HIGH,
          paragraph,
          "has a place to be filled in: %s".formatted(Words.code(open.group())),
          "What is not filled in is not agreed.",
          "Fill it in before anyone signs.");
    }
    Matcher both = WORD_AND_NUMBER.matcher(text);
    while (both.find()) {
      Optional<Integer> word = number(both.group(1));
      if (word.isPresent() && word.get() != Integer.parseInt(both.group(2))) {
        add(
            "number-differs",
            Severity.HIGH,
            paragraph,
            "says %s".formatted(Words.code(both.group())),
            "Word and figure differ; courts mostly follow the word.",
            "Find out which was agreed, and write one of them.");
      }
    }
  }

  private static Optional<Integer> number(String words) {
    String plain = words.toLowerCase(Locale.ROOT);
    Integer whole = NUMBERS.get(plain);
    if (whole == null) {
      whole = NUMBERS.get(plain.substring(plain.lastIndexOf(' ') + 1));
    }
    return Optional.ofNullable(whole);
  }

  /** A clause is there with its own number, or when one below it is. */
  private boolean isThere(String number) {
    return contract.numbers().contains(number)
        || contract.numbers().stream().anyMatch(one -> one.startsWith(number + "."));
  }

  private void definitions() {
    Map<String, Paragraph> defined = new LinkedHashMap<>();
    for (Paragraph paragraph : contract.paragraphs()) {
      Matcher matcher = DEFINED.matcher(paragraph.text());
      while (matcher.find() && defined.size() < TERMS_MAX) {
        Paragraph first = defined.putIfAbsent(matcher.group(1), paragraph);
        String before = paragraph.text().substring(0, matcher.start());
        boolean again =
            first != null
                && first.line() != paragraph.line()
                && paragraph
                    .text()
                    .substring(matcher.end())
                    .matches("(?s)\\s*\\)?\\s*(?:means|shall mean|refers to).*")
                && !before.endsWith("the ");
        if (again) {
          add(
              "term-defined-twice",
              Severity.MEDIUM,
              paragraph,
              "defines %s, which line %d defines already"
                  .formatted(Words.code(matcher.group(1)), first.line()),
              "Which meaning holds will be disputed.",
              "Keep one definition.");
        }
      }
    }
    unused(defined);
  }

  private void unused(Map<String, Paragraph> defined) {
    defined.forEach((term, paragraph) -> {
      Pattern use = Pattern.compile("(?<![\"“])\\b" + Pattern.quote(term) + "s?\\b(?![\"”])");
      boolean used =
          contract.paragraphs().stream()
              .anyMatch(one -> use.matcher(one.title() + " " + one.text()).find());
      if (!used && !contract.parties().contains(term)) {
        add(
            "term-not-used",
            Severity.LOW,
            paragraph,
            "defines %s, which is used nowhere".formatted(Words.code(term)),
            "Often the clause that used it was taken out, or another word is used for the same.",
            "Take it out, or use it.");
      }
    });
  }

  private void add(
      String rule, Severity severity, Paragraph paragraph, String what, String why, String fix) {
    found.add(
        new Finding(
            rule,
            severity,
            Place.ofLine(paragraph.line()),
            "%s %s.".formatted(Danger.named(paragraph), what),
            why,
            fix));
  }
}
