package io.agentos.tools.product.prd;

import static io.agentos.tools.report.Markdown.code;

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
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The requirements one by one. Owned by one thread. */
final class RequirementChecks {
  private static final int PER_RULE_MAX = 60;
  private static final Pattern ID =
      Pattern.compile("\\b((?:REQ|FR|NFR|UR|BR|SR|US|AC|R|F|N)-?\\d{1,4}(?:\\.\\d{1,3})?)\\b");
  private static final Pattern LEADING_ID = Pattern.compile("^[|*_`\\s\\[]*" + ID.pattern());
  private static final Pattern OBLIGATION =
      Pattern.compile(
          "(?i)\\b(?:must|shall|should|may|will|needs? to|has to|have to|can|as an? )\\b|\\b(?:P[0-4]|M|S|C|W)\\b");
  private static final Pattern MODAL = Pattern.compile("(?i)\\b(?:must|shall|should)\\b");
  private static final Pattern AND = Pattern.compile("(?i)\\b(?:and|as well as)\\b");
  private static final Pattern VAGUE =
      Pattern.compile(
          "(?i)\\b(?:user-friendly|user friendly|easy to use|easy|easily|intuitive|intuitively|simple|simply|fast|faster|"
              + "quick|quickly|rapid|slow|seamless|seamlessly|robust|flexible|scalable|efficient|efficiently|modern|"
              + "state of the art|state-of-the-art|best|optimal|appropriate|adequate|reasonable|sufficient|as needed|as appropriate|"
              + "if possible|where possible|as far as possible|if necessary|when necessary|etc|and so on|several|many|some|"
              + "few|various|minimal|timely|normally|typically|usually|often|approximately|near real-time|real-time|nice)\\b\\.?");
  private static final Pattern QUALITY =
      Pattern.compile(
          "(?i)\\b(?:performance|response time|latency|load time|loads?|availability|uptime|throughput|"
              + "concurrent|reliable|reliability|secure|accessible|accessibility|scale|encrypted|retention)\\b");
  private static final Pattern MEASURE =
      Pattern.compile("\\d|(?i)\\bWCAG\\b|\\bISO\\b|\\bGDPR\\b|\\bOWASP\\b|\\bTLS\\b|\\bAES\\b");
  private static final Pattern PRIORITY =
      Pattern.compile(
          "\\bP[0-4]\\b|(?i:priority|must have|should have|could have|won't have|moscow|mvp)");
  private static final Pattern ACCEPTANCE =
      Pattern.compile(
          "(?i)acceptance criteria|\\bgiven\\b.{0,400}\\bwhen\\b.{0,400}\\bthen\\b|definition of done");

  private final String source;
  private final Document document;
  private final List<Document.Line> requirements;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private int numbered;

  RequirementChecks(String source, Document document, List<Document.Line> lines) {
    this.source = source;
    this.document = document;
    this.requirements =
        lines.stream()
            .filter(
                line -> line.kind() != Document.Kind.TEXT || LEADING_ID.matcher(line.text()).find())
            .toList();
    numbers();
    requirements.forEach(this::one);
    whole();
  }

  int count() {
    return requirements.size();
  }

  int numbered() {
    return numbered;
  }

  List<Finding> findings() {
    return findings;
  }

  private void numbers() {
    Map<String, Integer> defined = new LinkedHashMap<>();
    for (Document.Line line : requirements) {
      Matcher id = LEADING_ID.matcher(line.text());
      if (id.find()) {
        numbered++;
        Integer first = defined.putIfAbsent(id.group(1), line.number());
        if (first != null) {
          add(
              PrdRules.ID_TWICE,
              Severity.HIGH,
              line.number(),
              id.group(1),
              "It stands in line %d too.".formatted(first),
              "Give one of them another number.");
        }
      }
    }
    if (numbered > 0) {
      unknown(defined);
    }
    int without = requirements.size() - numbered;
    if (without > 0) {
      add(
          PrdRules.ID_MISSING,
          Severity.LOW,
          requirements.stream()
              .filter(line -> !LEADING_ID.matcher(line.text()).find())
              .findFirst()
              .orElseThrow()
              .number(),
          "",
          "%s without a number, the first of them here."
              .formatted(
                  Markdown.count(without, "requirement") + (without == 1 ? " begins" : " begin")),
          "Begin each with one, such as `R-1`, and never use it again.");
    }
  }

  private void unknown(Map<String, Integer> defined) {
    TreeSet<String> prefixes = new TreeSet<>();
    defined.keySet().forEach(id -> prefixes.add(id.replaceAll("\\d.*", "")));
    for (Document.Line line : document.lines()) {
      Matcher id = ID.matcher(line.text());
      while (id.find()) {
        boolean ours = prefixes.contains(id.group(1).replaceAll("\\d.*", ""));
        if (ours && !defined.containsKey(id.group(1))) {
          add(
              PrdRules.ID_UNKNOWN,
              Severity.MEDIUM,
              line.number(),
              id.group(1),
              "In %s".formatted(code(line.text())),
              "Mend the number, or add the requirement.");
        }
      }
    }
  }

  private void one(Document.Line line) {
    String text = line.text();
    Matcher vague = VAGUE.matcher(text);
    if (vague.find()) {
      add(
          PrdRules.VAGUE,
          Severity.MEDIUM,
          line.number(),
          vague.group(),
          "In %s".formatted(code(text)),
          "Say what one would see or measure: how many, how long, for whom, compared with what.");
    }
    Matcher quality = QUALITY.matcher(text);
    String withoutNumber = LEADING_ID.matcher(text).replaceFirst("").replaceAll("\\bP[0-4]\\b", "");
    if (quality.find() && !MEASURE.matcher(withoutNumber).find()) {
      add(
          PrdRules.NOT_MEASURABLE,
          Severity.MEDIUM,
          line.number(),
          quality.group(),
          "In %s".formatted(code(text)),
          measurable(quality.group().toLowerCase(Locale.ROOT)));
    }
    form(line, text);
  }

  private static String measurable(String quality) {
    String example =
        switch (quality) {
          case "accessible", "accessibility" -> "it meets WCAG 2.2 at level AA";
          case "secure", "encrypted" -> "it meets OWASP ASVS 5.0 at level 2, and TLS is 1.3";
          case "availability", "uptime", "reliable", "reliability" ->
              "it answers in 99.9 % of the minutes of a month, measured from outside";
          case "retention" -> "deleted 90 days after the trip";
          default -> "95 % of searches answer within 800 ms, measured at the server";
        };
    return "Give a figure or a standard, and how it is measured, such as \"%s\"."
        .formatted(example);
  }

  private void form(Document.Line line, String text) {
    if (asksForTwo(text)) {
      add(
          PrdRules.NOT_SINGLE,
          Severity.LOW,
          line.number(),
          "",
          "In %s".formatted(code(text)),
          "Make two of it, each with its number.");
    }
    if (!OBLIGATION.matcher(text).find()) {
      add(
          PrdRules.NO_OBLIGATION,
          Severity.LOW,
          line.number(),
          "",
          "In %s".formatted(code(text)),
          "Say \"must\", \"should\" or \"may\".");
    }
  }

  /** Whether two obligations are joined by "and", or "and/or" leaves the choice open. */
  private static boolean asksForTwo(String text) {
    Matcher modal = MODAL.matcher(text);
    int first = -1;
    int last = -1;
    while (modal.find()) {
      first = first < 0 ? modal.end() : first;
      last = modal.start();
    }
    boolean joined = first >= 0 && last > first && AND.matcher(text.substring(first, last)).find();
    return joined || text.contains("and/or");
  }

  private void whole() {
    if (requirements.isEmpty()) {
      return;
    }
    boolean priority =
        requirements.stream().anyMatch(line -> PRIORITY.matcher(line.text()).find())
            || document.sections().stream()
                .anyMatch(section -> PRIORITY.matcher(section.heading()).find());
    if (!priority) {
      add(
          PrdRules.PRIORITY,
          Severity.LOW,
          0,
          "",
          "No requirement has a priority.",
          "Add one to each: P0 to P3, or must, should, could, won't.");
    }
    boolean acceptance =
        document.lines().stream().anyMatch(line -> ACCEPTANCE.matcher(line.text()).find())
            || document.sections().stream()
                .anyMatch(section -> ACCEPTANCE.matcher(section.heading()).find());
    if (!acceptance) {
      add(
          PrdRules.ACCEPTANCE,
          Severity.MEDIUM,
          0,
          "",
          "The document has no acceptance criteria.",
          "Write for each requirement what is tried and what must then be seen: given, when, then.");
    }
  }

  private void add(Rule rule, Severity severity, int line, String target, String what, String fix) {
    if (counts.merge(rule.id(), 1, Integer::sum) <= PER_RULE_MAX) {
      findings.add(new Finding(rule, severity, new Place(source, line, target), what, fix));
    }
  }
}
