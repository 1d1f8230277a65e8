package io.agentos.tools.changes;

import io.agentos.tools.changes.Patch.Changed;
import io.agentos.tools.changes.Patch.Line;
import io.agentos.tools.findings.Finding;
import io.agentos.tools.findings.Place;
import io.agentos.tools.findings.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What must not stand in lines that are added, whatever the change is about. */
final class LineRules {
  private static final int PER_FILE_MAX = 5;

  /** A pattern and what it means. */
  private record Rule(
      String id,
      Severity severity,
      boolean onlyCode,
      Pattern pattern,
      String what,
      String why,
      String fix) {}

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "conflict-marker",
              Severity.HIGH,
              false,
              Pattern.compile("^(?:<{7}|>{7}) .{0,200}"),
              "A marker of a merge conflict is left.",
              "Two versions of the same lines are in the file; it does not build, or not as meant.",
              "Decide for one side and remove the markers."),
          new Rule(
              "secret-added",
              Severity.HIGH,
              false,
              Pattern.compile(
                  "\\bAKIA[0-9A-Z]{16}\\b|-----BEGIN [A-Z ]{0,20}PRIVATE KEY"
                      + "|\\bgh[pousr]_[A-Za-z0-9]{36}\\b|\\bxox[abprs]-[A-Za-z0-9-]{10,200}"
                      + "|\\bsk_live_[A-Za-z0-9]{16,200}|\\bsk-(?:proj-|ant-)?[A-Za-z0-9_-]{32,200}"
                      + "|\\bAIza[0-9A-Za-z_-]{35}"),
              "A line looks like a secret key; it is not repeated here.",
              "Whoever can read the repository has it, and it stays in the history.",
              "Revoke it now, then take it out of the change; read it from the environment."),
          new Rule(
              "test-switched-off",
              Severity.MEDIUM,
              true,
              Pattern.compile(
                  "@(?:Disabled|Ignore)\\b|\\b(?:it|test|describe)\\.(?:skip|only)\\(|\\bx(?:it|describe)\\("
                      + "|@(?:pytest\\.mark|unittest)\\.skip|\\bt\\.Skip(?:f|Now)?\\(|#\\[ignore"),
              "A test is switched off, or all others are.",
              "It passes because it does not run.",
              "Mend the test or delete it; if it must wait, name the issue that it waits for."),
          new Rule(
              "error-swallowed",
              Severity.MEDIUM,
              true,
              Pattern.compile(
                  "\\bcatch\\s*(?:\\([^)]{0,200}\\))?\\s*\\{\\s*}|^\\s*except\\s*:\\s*(?:pass)?\\s*$"),
              "An error is caught and nothing is done.",
              "What failed looks as if it had worked, and nobody finds out why later.",
              "Handle it, log it with what was tried, or let it go on."),
          new Rule(
              "check-switched-off",
              Severity.MEDIUM,
              true,
              Pattern.compile(
                  "\\bverify\\s*=\\s*False\\b|rejectUnauthorized\\s*:\\s*false|InsecureSkipVerify\\s*:\\s*true"
                      + "|NODE_TLS_REJECT_UNAUTHORIZED|--no-verify\\b|\\bcurl\\b.{0,200}\\s(?:-k|--insecure)\\b"),
              "A check of certificates or hooks is switched off.",
              "Whoever is on the way can read and change what is sent.",
              "Give the certificate of the authority instead of trusting everybody."),
          new Rule(
              "debugging-left",
              Severity.LOW,
              true,
              Pattern.compile(
                  "\\bconsole\\.(?:log|debug)\\(|\\bdebugger\\s*;|\\bbinding\\.pry\\b|\\bpdb\\.set_trace\\("
                      + "|\\bbreakpoint\\(\\)|\\bprintStackTrace\\(|\\bvar_dump\\(|\\bdd\\("),
              "Something for debugging is left.",
              "It stops, or prints into a place where nobody looks; sometimes personal data.",
              "Take it out, or log it at the right level."));

  private LineRules() {}

  static List<Finding> findings(Patch patch) {
    List<Finding> found = new ArrayList<>();
    for (Changed file : patch.files()) {
      for (Rule rule : RULES) {
        if (!rule.onlyCode() || ChangeRisk.isCode(file)) {
          file.addedLines().stream()
              .filter(line -> rule.pattern().matcher(line.text()).find())
              .limit(PER_FILE_MAX)
              .forEach(line -> found.add(finding(file, line, rule)));
        }
      }
    }
    return found;
  }

  private static Finding finding(Changed file, Line line, Rule rule) {
    return new Finding(
        rule.id(),
        rule.severity(),
        new Place(file.path(), line.number()),
        rule.what(),
        rule.why(),
        rule.fix());
  }
}
