package io.agentos.tools.sql.migration;

import io.agentos.tools.findings.Finding;
import io.agentos.tools.findings.Place;
import io.agentos.tools.findings.Severity;
import io.agentos.tools.findings.Words;
import io.agentos.tools.sql.script.ScriptPart;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a migration does as a whole. */
final class WholeRules {
  private final List<Finding> found = new ArrayList<>();

  private WholeRules() {}

  static List<Finding> findings(List<ScriptPart> parts, DryRun.Outcome outcome, boolean supabase) {
    WholeRules rules = new WholeRules();
    rules.timeout(parts, outcome);
    rules.concurrent(parts);
    rules.held(outcome);
    if (supabase) {
      rules.open(outcome);
    }
    return rules.found;
  }

  private void timeout(List<ScriptPart> parts, DryRun.Outcome outcome) {
    Optional<Step> first =
        outcome.steps().stream()
            .filter(step ->
                step.locks(outcome.start()).values().stream().anyMatch(LockMode::stopsWriters))
            .findFirst();
    boolean set =
        first.isPresent()
            && parts.stream()
                .takeWhile(part -> !part.text().equals(first.get().sql()))
                .anyMatch(part -> Shape.of(part.text()).setsLockTimeout());
    if (first.isPresent() && !set) {
      found.add(
          new Finding(
              "no-lock-timeout",
              Severity.MEDIUM,
              Place.ofLine(first.get().line()),
              "The migration waits for locks for as long as it takes.",
              "While it waits behind one long query, everyone else queues behind it: the table"
                  + " stands still although nothing has begun.",
              "SET lock_timeout = '3s';   -- as the first statement; on failure try again"));
    }
  }

  private void concurrent(List<ScriptPart> parts) {
    boolean open = false;
    for (ScriptPart part : parts) {
      Shape shape = Shape.of(part.text());
      open |= shape.opensTransaction();
      if (open && shape.isConcurrent()) {
        found.add(
            new Finding(
                "concurrently-in-transaction",
                Severity.HIGH,
                Place.ofLine(part.line()),
                "CONCURRENTLY stands inside BEGIN and COMMIT.",
                "PostgreSQL refuses it there (SQLSTATE 25001), so that the migration fails.",
                "Put it into a migration of its own, and tell your tool to run that without a"
                    + " transaction."));
      }
    }
  }

  /** A lock that stops people and is held through slow work of later statements. */
  private void held(DryRun.Outcome outcome) {
    List<Step> steps = outcome.steps();
    Set<String> told = new HashSet<>();
    for (int i = 0; i < steps.size(); i++) {
      for (Map.Entry<String, LockMode> lock : steps.get(i).locks(outcome.start()).entrySet()) {
        Optional<Step> slow =
            steps.subList(i + 1, steps.size()).stream()
                .filter(step -> isSlow(step, outcome.start()))
                .findFirst();
        if (lock.getValue() == LockMode.ACCESS_EXCLUSIVE
            && slow.isPresent()
            && told.add(lock.getKey())) {
          found.add(held(steps.get(i), lock.getKey(), slow.get()));
        }
      }
    }
  }

  private static boolean isSlow(Step step, Snapshot start) {
    boolean moves =
        step.shape().starts("UPDATE")
            || step.shape().starts("INSERT")
            || step.shape().starts("DELETE")
            || (step.shape().buildsIndex() && !step.concurrent());
    return !step.rewritten(start).isEmpty() || (moves && step.isOnOld(start));
  }

  private static Finding held(Step step, String table, Step slow) {
    return new Finding(
        "lock-held-long",
        Severity.MEDIUM,
        Place.ofLine(step.line()),
        "ACCESS EXCLUSIVE on %s is taken here and held through line %d, which goes through many"
                .formatted(Words.code(table), slow.line())
            + " rows.",
        "A lock ends with the transaction and not with its statement: nobody can read the table"
            + " meanwhile.",
        "Put the slow statement into a migration before or after, in a transaction of its own.");
  }

  private void open(DryRun.Outcome outcome) {
    if (outcome.steps().isEmpty()) {
      return;
    }
    Snapshot end = outcome.steps().getLast().after();
    end.tables().values().stream()
        .filter(table -> table.inPublic() && !table.rls())
        .filter(table -> !outcome.start().tables().containsKey(table.oid()))
        .forEach(table -> found.add(unguarded(madeIn(outcome, table.oid()), table.name())));
  }

  private static int madeIn(DryRun.Outcome outcome, long table) {
    return outcome.steps().stream()
        .filter(step -> step.after().tables().containsKey(table))
        .findFirst()
        .map(Step::line)
        .orElse(1);
  }

  private static Finding unguarded(int line, String table) {
    return new Finding(
        "new-table-open",
        Severity.HIGH,
        Place.ofLine(line),
        "The new table %s has no row-level security.".formatted(Words.code(table)),
        "At Supabase whoever has the public key reads and writes all of its rows.",
        "ALTER TABLE %s ENABLE ROW LEVEL SECURITY;\n".formatted(table)
            + "-- then a policy for each kind of access; rls-auditor checks them");
  }
}
