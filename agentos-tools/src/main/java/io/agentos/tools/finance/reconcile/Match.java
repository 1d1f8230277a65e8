package io.agentos.tools.finance.reconcile;

import java.math.BigDecimal;
import java.util.List;

/** Entries of the ledger and of the statement that belong together. */
record Match(Kind kind, List<Entry> ledger, List<Entry> statement) {
  /** By what they were found. Ordered: the surest first. */
  enum Kind {
    REFERENCE("reference_and_amount", "reference and amount"),
    BATCH("reference_and_sum", "reference, several entries together"),
    SAME_DAY("amount_and_date", "amount and date"),
    NEAR_DAY("amount_and_near_date", "amount, a few days apart"),
    DIFFERS("reference_only", "reference, with another amount");

    private final String id;
    private final String words;

    Kind(String id, String words) {
      this.id = id;
      this.words = words;
    }

    String id() {
      return id;
    }

    String words() {
      return words;
    }
  }

  Match {
    ledger = List.copyOf(ledger);
    statement = List.copyOf(statement);
  }

  static Match of(Kind kind, Entry ledger, Entry statement) {
    return new Match(kind, List.of(ledger), List.of(statement));
  }

  /** What the ledger has more than the statement. */
  BigDecimal difference() {
    return sum(ledger).subtract(sum(statement));
  }

  static BigDecimal sum(List<Entry> entries) {
    return entries.stream().map(Entry::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
