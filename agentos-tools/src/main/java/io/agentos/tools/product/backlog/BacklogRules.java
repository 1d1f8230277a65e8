package io.agentos.tools.product.backlog;

import io.agentos.tools.report.Rule;

/** What can be wrong with the figures of a backlog. */
final class BacklogRules {
  private static final String RICE = "RICE, Intercom 2016";

  static final Rule MISSING =
      new Rule("value-missing", "A figure is missing", "The item has no score and no rank.", RICE);
  static final Rule WRONG =
      new Rule(
          "value-wrong", "A figure cannot be used", "The item has no score and no rank.", RICE);
  static final Rule TWICE =
      new Rule(
          "item-twice",
          "An item stands twice",
          "Its value is counted twice, and its work too.",
          "");
  static final Rule OFF_SCALE =
      new Rule(
          "impact-off-scale",
          "An impact is none of the scale",
          "RICE knows five: 3 massive, 2 high, 1 medium, 0.5 low, 0.25 minimal. Numbers in between look exact"
              + " and are not.",
          RICE);
  static final Rule MOONSHOT =
      new Rule(
          "confidence-low",
          "Nobody knows whether it is true",
          "Below 50 % the other figures are guesses. Finding out first is cheaper than building.",
          RICE);
  static final Rule FLAT =
      new Rule(
          "column-flat",
          "A column says nothing",
          "All items have the same figure, so that it does not help to choose.",
          RICE);
  static final Rule LARGE =
      new Rule(
          "effort-large",
          "An item is much larger than the others",
          "Large items are estimated worst, and hide parts that could be had early.",
          "");
  static final Rule FRAGILE =
      new Rule(
          "rank-fragile",
          "A place at the top hangs on one estimate",
          "If the effort is off by half, which is usual, the item is not at the top any more.",
          "");

  private BacklogRules() {}
}
