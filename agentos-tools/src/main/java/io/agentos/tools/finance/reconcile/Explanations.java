package io.agentos.tools.finance.reconcile;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Guesses, always called so, why two amounts differ or one has no other. */
final class Explanations {
  private static final BigDecimal CENTS = new BigDecimal("0.05");
  private static final BigDecimal FEE_SHARE = new BigDecimal("0.05");
  private static final int PARTS_MAX = 3;
  private static final int CANDIDATES_MAX = 40;

  private Explanations() {}

  /** What may lie behind two amounts of one reference. */
  static String ofDifference(BigDecimal ledger, BigDecimal statement) {
    BigDecimal difference = ledger.subtract(statement).abs();
    if (ledger.compareTo(statement.negate()) == 0) {
      return "The sign is turned: one of the two is booked on the wrong side.";
    }
    if (isShifted(ledger, statement)) {
      return "A decimal point has moved.";
    }
    if (areSwapped(digits(ledger), digits(statement))) {
      return "Two digits have changed places.";
    }
    if (difference.compareTo(CENTS) <= 0) {
      return "It looks like rounding.";
    }
    boolean less = statement.abs().compareTo(ledger.abs()) < 0;
    if (less && difference.compareTo(ledger.abs().multiply(FEE_SHARE)) <= 0) {
      return "It looks like a fee or a discount that was kept back.";
    }
    return less ? "It looks like a part payment." : "More was paid than was booked.";
  }

  private static boolean isShifted(BigDecimal one, BigDecimal other) {
    for (int places = 1; places <= 3; places++) {
      if (one.movePointRight(places).compareTo(other) == 0
          || other.movePointRight(places).compareTo(one) == 0) {
        return one.signum() != 0;
      }
    }
    return false;
  }

  private static String digits(BigDecimal amount) {
    return Entry.money(amount.abs()).replace(".", "");
  }

  /** Whether exactly two characters have each other's place. */
  private static boolean areSwapped(String one, String other) {
    int[] places =
        IntStream.range(0, Math.min(one.length(), other.length()))
            .filter(i -> one.charAt(i) != other.charAt(i))
            .limit(3)
            .toArray();
    return one.length() == other.length()
        && places.length == 2
        && one.charAt(places[0]) == other.charAt(places[1])
        && one.charAt(places[1]) == other.charAt(places[0]);
  }

  /** Two or three entries that come to an amount; the first that are found. */
  static Optional<List<Entry>> sum(Entry whole, List<Entry> parts, int days) {
    List<Entry> near = new ArrayList<>();
    for (Entry part : parts) {
      long apart = Math.abs(part.date().toEpochDay() - whole.date().toEpochDay());
      boolean same =
          part.currency().equals(whole.currency())
              && part.amount().signum() == whole.amount().signum();
      if (same && apart <= days && near.size() < CANDIDATES_MAX) {
        near.add(part);
      }
    }
    return search(whole.amount(), near, 0, new ArrayList<>());
  }

  private static Optional<List<Entry>> search(
      BigDecimal left, List<Entry> near, int from, List<Entry> chosen) {
    if (left.signum() == 0 && chosen.size() > 1) {
      return Optional.of(List.copyOf(chosen));
    }
    for (int i = from; i < near.size() && chosen.size() < PARTS_MAX; i++) {
      chosen.add(near.get(i));
      Optional<List<Entry>> found =
          search(left.subtract(near.get(i).amount()), near, i + 1, chosen);
      if (found.isPresent()) {
        return found;
      }
      chosen.removeLast();
    }
    return Optional.empty();
  }
}
