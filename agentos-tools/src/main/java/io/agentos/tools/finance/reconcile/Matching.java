package io.agentos.tools.finance.reconcile;

import io.agentos.tools.finance.reconcile.Match.Kind;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds what belongs together, the surest first; nothing is matched twice, and no amount is taken
 * for another. Owned by one thread.
 */
final class Matching {
  private static final Comparator<Entry> BY_DATE =
      Comparator.comparing(Entry::date).thenComparingInt(Entry::line);

  private final int days;
  private final Set<Entry> ledger = new LinkedHashSet<>();
  private final Set<Entry> statement = new LinkedHashSet<>();
  private final List<Match> matches = new ArrayList<>();

  private Matching(List<Entry> ledger, List<Entry> statement, int days) {
    this.days = days;
    this.ledger.addAll(ledger.stream().sorted(BY_DATE).toList());
    this.statement.addAll(statement.stream().sorted(BY_DATE).toList());
  }

  /** Matches all entries; what is left on each side is in the order of dates. */
  static Matching of(List<Entry> ledger, List<Entry> statement, int days) {
    Matching matching = new Matching(ledger, statement, days);
    matching.pairs(
        Kind.REFERENCE,
        entry -> entry.reference().isEmpty() ? "" : entry.reference() + " " + entry.amountKey(),
        Integer.MAX_VALUE);
    matching.batches();
    matching.pairs(Kind.SAME_DAY, Matching::loose, 0);
    matching.pairs(Kind.NEAR_DAY, Matching::loose, days);
    matching.pairs(
        Kind.DIFFERS,
        entry -> entry.reference().isEmpty() ? "" : entry.currency() + " " + entry.reference(),
        Integer.MAX_VALUE);
    return matching;
  }

  private static String loose(Entry entry) {
    return entry.amountKey();
  }

  /** Pairs entries with the same key, the earliest first, at most so many days apart. */
  private void pairs(Kind kind, Function<Entry, String> key, int daysMax) {
    Map<String, Deque<Entry>> open = new LinkedHashMap<>();
    for (Entry entry : statement) {
      String name = key.apply(entry);
      if (!name.isEmpty()) {
        open.computeIfAbsent(name, none -> new ArrayDeque<>()).add(entry);
      }
    }
    for (Entry entry : List.copyOf(ledger)) {
      Deque<Entry> others = open.getOrDefault(key.apply(entry), new ArrayDeque<>());
      while (!others.isEmpty()
          && apart(entry, others.getFirst()) > daysMax
          && others.getFirst().date().isBefore(entry.date())) {
        others.removeFirst();
      }
      if (!others.isEmpty() && apart(entry, others.getFirst()) <= daysMax) {
        take(Match.of(kind, entry, others.removeFirst()));
      }
    }
  }

  private static long apart(Entry one, Entry other) {
    return Math.abs(ChronoUnit.DAYS.between(one.date(), other.date()));
  }

  /** Several entries of one side with one reference that come to one entry of the other. */
  private void batches() {
    Map<String, List<Entry>> left = byReference(ledger);
    Map<String, List<Entry>> right = byReference(statement);
    left.forEach((reference, entries) -> {
      List<Entry> others = right.getOrDefault(reference, List.of());
      boolean several = entries.size() + others.size() > 2 && !others.isEmpty();
      if (several && Match.sum(entries).compareTo(Match.sum(others)) == 0) {
        take(new Match(Kind.BATCH, entries, others));
      }
    });
  }

  private static Map<String, List<Entry>> byReference(Set<Entry> entries) {
    Map<String, List<Entry>> byReference = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (!entry.reference().isEmpty()) {
        byReference
            .computeIfAbsent(entry.currency() + " " + entry.reference(), none -> new ArrayList<>())
            .add(entry);
      }
    }
    return byReference;
  }

  private void take(Match match) {
    matches.add(match);
    match.ledger().forEach(ledger::remove);
    match.statement().forEach(statement::remove);
  }

  List<Match> matches() {
    return matches;
  }

  List<Entry> ledgerLeft() {
    return List.copyOf(ledger);
  }

  List<Entry> statementLeft() {
    return List.copyOf(statement);
  }

  int days() {
    return days;
  }
}
