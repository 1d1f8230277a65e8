package io.agentos.tools.finance.reconcile;

import io.agentos.tools.report.Rule;

/** What can be wrong between two tables of money. */
final class ReconcileRules {
  static final Rule UNREADABLE =
      new Rule(
          "row-unreadable",
          "A row cannot be read",
          "It is in no total below. Mend it first: everything else may change.",
          "");
  static final Rule DIFFERS =
      new Rule(
          "amount-differs",
          "The same reference has two amounts",
          "One of the two is wrong, or a fee, a discount or a part payment was not booked.",
          "");
  static final Rule NOT_IN_LEDGER =
      new Rule(
          "missing-in-ledger",
          "It is in the statement and not in the ledger",
          "Money moved that the books do not know.",
          "");
  static final Rule NOT_IN_STATEMENT =
      new Rule(
          "missing-in-statement",
          "It is in the ledger and not in the statement",
          "The books tell of money that did not move.",
          "");
  static final Rule IN_TRANSIT =
      new Rule(
          "in-transit",
          "It is probably under way",
          "It lies so near the end of the other table that it should stand in the next one.",
          "");
  static final Rule TWICE =
      new Rule(
          "entry-twice",
          "An entry stands twice",
          "Its like is matched already: a payment made twice, or booked twice.",
          "");
  static final Rule SPLIT =
      new Rule(
          "split",
          "One amount is the sum of several",
          "It looks like one payment for several entries. It is not counted as matched: a person must say.",
          "");

  private ReconcileRules() {}
}
