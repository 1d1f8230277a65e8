package io.agentos.tools.product.prd;

import static io.agentos.tools.report.Markdown.code;
import static io.agentos.tools.report.Markdown.count;

import io.agentos.api.ToolResult;
import io.agentos.tools.report.Finding;
import io.agentos.tools.report.GivenText;
import io.agentos.tools.report.GivenTexts;
import io.agentos.tools.report.Markdown;
import io.agentos.tools.report.Place;
import io.agentos.tools.report.Report;
import io.agentos.tools.report.Rule;
import io.agentos.tools.report.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Holds a document of product requirements against what makes requirements good. */
public final class PrdCheck {
  private static final Pattern METRICS = Pattern.compile("metric|success|kpi|measure of|okr");
  private static final Pattern CRITERIA =
      Pattern.compile("acceptance|criteria|definition of done|example");
  private static final Pattern NOTHING = Pattern.compile("(?!)");
  private static final Pattern QUESTIONS =
      Pattern.compile("open question|questions|unknowns|to be decided");

  /** A part that such a document has, by what its headings say. */
  private record Part(String name, Pattern heading, Severity severity, String asks) {}

  private static final List<Part> PARTS =
      List.of(
          part(
              "Problem",
              "problem|background|context|why\\b|opportunity|motivation",
              Severity.HIGH,
              "What is wrong today, for whom, and how do you know?"),
          part(
              "Requirements",
              "requirement|user stor|features?\\b|functional|scope of work|what we build",
              Severity.HIGH,
              "What must be true when it is built?"),
          part(
              "Success metrics",
              METRICS.pattern(),
              Severity.HIGH,
              "Which figure moves, from where, to where, by when?"),
          part(
              "Goals",
              "\\bgoals?\\b|objective|outcomes?\\b",
              Severity.MEDIUM,
              "What shall be better, for people and for you?"),
          part(
              "Non-goals",
              "non-goal|non goal|out of scope|not in scope|won t do|exclusion",
              Severity.MEDIUM,
              "What will you not do, so that nobody waits for it?"),
          part(
              "Users",
              "users?\\b|persona|audience|customers?\\b|who is it for|stakeholder",
              Severity.MEDIUM,
              "Who is it for, and who is it not for?"),
          part(
              "Risks",
              "risk|assumption|pre-mortem|premortem",
              Severity.LOW,
              "What could make it fail, and how would you notice?"),
          part(
              "Open questions",
              QUESTIONS.pattern(),
              Severity.LOW,
              "What is not decided, who decides, by when?"),
          part(
              "Rollout",
              "rollout|roll-out|release|launch|go-to-market|migration|timeline|milestone",
              Severity.LOW,
              "How does it reach people, and how do you go back?"));

  private static final Pattern OWNER =
      Pattern.compile("(?i)\\b(?:owner|author|product manager|pm|dri)\\b\\W{0,5}[:|=]");
  private static final Pattern STATUS =
      Pattern.compile("(?i)\\b(?:status|version|last updated|updated|date)\\b\\W{0,5}[:|=]");
  private static final Pattern PLACEHOLDER =
      Pattern.compile(
          "\\b(?:TBD|TBC|TBA|TODO|FIXME|XXX+)\\b|\\?\\?\\?|(?i)lorem ipsum|<(?:insert|add|your|name|number)[^>]{0,60}>|\\[(?:insert|add|your|name|number|to be)[^\\]]{0,60}\\](?!\\()");
  private static final Pattern FIGURE = Pattern.compile("\\d");
  private static final Pattern BASELINE =
      Pattern.compile(
          "(?i)\\bfrom\\b|\\btoday\\b|baseline|currently|\\bnow\\b|→|->|instead of|\\bwas\\b|\\bup\\b|\\bdown\\b");
  private static final Pattern DATE =
      Pattern.compile(
          "(?i)\\b(?:20\\d\\d|q[1-4]|jan\\w*|feb\\w*|mar(?:ch)?|apr\\w*|may|june?|july?|aug\\w*|sep\\w*|oct\\w*|nov\\w*|dec\\w*)\\b|\\bwithin\\b|\\bby (?:the )?end\\b|\\b\\d+ (?:days|weeks|months) after");
  private static final Pattern PERSON =
      Pattern.compile(
          "@\\w+|(?i:owner|who|decides?|asks?|answers?)\\s*[:=]\\s*\\S+|\\([^)]*\\p{Lu}\\p{L}+[^)]*\\)|\\*\\*\\p{Lu}\\p{L}+\\*\\*:");

  private final GivenText given;
  private final Document document;
  private final List<Finding> findings = new ArrayList<>();

  private PrdCheck(GivenText given) {
    this.given = given;
    this.document = Document.of(given.text());
  }

  private static Part part(String name, String heading, Severity severity, String asks) {
    return new Part(name, Pattern.compile(heading), severity, asks);
  }

  /** Checks a document in Markdown. */
  public static ToolResult run(GivenText given) {
    PrdCheck check = new PrdCheck(given);
    if (check.document.sections().isEmpty()) {
      throw GivenTexts.wrong(
          "%s has no headings, so its parts cannot be told apart. Write it in Markdown, with lines such as ## Problem."
              .formatted(given.name()));
    }
    return check.report();
  }

  private static String table(Map<String, Boolean> parts) {
    return Markdown.table(
        List.of("Part", "There", "Asks"),
        PARTS.stream()
            .map(part ->
                List.of(
                    part.name(),
                    parts.getOrDefault(part.name(), false) ? "yes" : "**no**",
                    part.asks()))
            .toList());
  }

  private ToolResult report() {
    Map<String, Boolean> parts = parts();
    List<Document.Line> lines = document.below(PARTS.get(1).heading(), CRITERIA);
    RequirementChecks requirements = new RequirementChecks(given.name(), document, lines);
    findings.addAll(requirements.findings());
    placeholders();
    metrics();
    questions();
    owner();
    long there = parts.values().stream().filter(one -> one).count();
    return new Report(
            "PRD check: " + (document.title().isBlank() ? given.name() : document.title()))
        .whenNone("**No findings.**")
        .summary(
            "%d of %d parts are there; %s, %d of them with a number."
                .formatted(
                    there,
                    PARTS.size(),
                    count(requirements.count(), "requirement"),
                    requirements.numbered()))
        .findings(findings)
        .last("Parts", table(parts))
        .field("parts", parts)
        .field("requirements", requirements.count())
        .field("requirements_numbered", requirements.numbered())
        .note(
            "Looked at are form and words. Whether the problem is real and the idea is right, people must say.")
        .result();
  }

  private Map<String, Boolean> parts() {
    Map<String, Boolean> parts = new LinkedHashMap<>();
    for (Part part : PARTS) {
      boolean there =
          document.sections().stream()
              .anyMatch(section -> part.heading().matcher(section.plainHeading()).find());
      parts.put(part.name(), there);
      if (!there) {
        add(
            PrdRules.SECTION,
            part.severity(),
            0,
            part.name(),
            "No heading speaks of it.",
            "Add it: %s".formatted(part.asks()));
      }
    }
    List<Document.Section> sections = document.sections();
    for (int i = 0; i < sections.size(); i++) {
      Document.Section section = sections.get(i);
      boolean parent = i + 1 < sections.size() && sections.get(i + 1).level() > section.level();
      if (section.lines().isEmpty() && !parent) {
        add(
            PrdRules.EMPTY,
            Severity.MEDIUM,
            section.number(),
            section.heading(),
            "Nothing stands below it.",
            "Write it, or take the heading out.");
      }
    }
    return parts;
  }

  private void placeholders() {
    for (Document.Line line : document.lines()) {
      Matcher found = PLACEHOLDER.matcher(line.text());
      if (found.find()) {
        add(
            PrdRules.PLACEHOLDER,
            Severity.MEDIUM,
            line.number(),
            found.group(),
            "In %s".formatted(code(line.text())),
            "Fill it in, or make an open question of it with an owner and a date.");
      }
    }
  }

  private void metrics() {
    for (Document.Line line : document.below(METRICS, NOTHING)) {
      List<String> missing = new ArrayList<>();
      if (!FIGURE.matcher(line.text()).find()) {
        missing.add("a target");
      }
      if (!BASELINE.matcher(line.text()).find()) {
        missing.add("where it stands today");
      }
      if (!DATE.matcher(line.text()).find()) {
        missing.add("a date");
      }
      if (line.kind() != Document.Kind.TEXT && !missing.isEmpty()) {
        add(
            PrdRules.METRIC,
            Severity.MEDIUM,
            line.number(),
            "",
            "%s lacks %s.".formatted(code(line.text()), Markdown.list(missing)),
            "Write it as: FIGURE from TODAY to TARGET by DATE, measured WHERE.");
      }
    }
  }

  private void questions() {
    for (Document.Line line : document.below(QUESTIONS, NOTHING)) {
      boolean question = line.kind() != Document.Kind.TEXT || line.text().endsWith("?");
      boolean owned = PERSON.matcher(line.text()).find();
      boolean dated =
          DATE.matcher(line.text()).find() || line.text().matches(".*\\d{1,2}[./-]\\d{1,2}.*");
      if (question && !(owned && dated)) {
        add(
            PrdRules.QUESTION,
            Severity.LOW,
            line.number(),
            "",
            "%s has %s."
                .formatted(
                    code(line.text()),
                    owned ? "no date" : dated ? "no owner" : "neither owner nor date"),
            "Add both: `(Kari, by 3 May)`.");
      }
    }
  }

  private void owner() {
    String head =
        document.preamble().stream().map(Document.Line::text).collect(Collectors.joining("\n"));
    List<String> missing = new ArrayList<>();
    if (!OWNER.matcher(head).find()) {
      missing.add("`Owner:`");
    }
    if (!STATUS.matcher(head).find()) {
      missing.add("`Status:`");
    }
    if (!missing.isEmpty()) {
      add(
          PrdRules.OWNER,
          Severity.LOW,
          1,
          "",
          "Above the first part there is no %s.".formatted(String.join(" and no ", missing)),
          "Add a line below the title: `Owner: … · Status: draft · Updated: 2026-05-03`.");
    }
  }

  private void add(Rule rule, Severity severity, int line, String target, String what, String fix) {
    findings.add(new Finding(rule, severity, new Place(given.name(), line, target), what, fix));
  }
}
