package io.agentos.tools.marketing.copy;

import io.agentos.tools.report.Rule;

/** What is looked for in copy. */
final class CopyRules {
  private static final String PLAIN = "Federal plain language guidelines (US), 2011";

  static final Rule GRADE =
      new Rule(
          "grade-high",
          "The text is harder than its readers like",
          "The grade says for how many years of school one must have gone to read it without effort. Most"
              + " adults read two to four years below what they reached.",
          "Flesch–Kincaid, 1975");
  static final Rule SENTENCE =
      new Rule(
          "sentence-long",
          "A sentence is long",
          "Above 25 words people begin again, above 40 they give up.",
          PLAIN);
  static final Rule PARAGRAPH =
      new Rule(
          "paragraph-long",
          "A paragraph is long",
          "On a screen a block of more than 120 words is skipped.",
          PLAIN);
  static final Rule PASSIVE =
      new Rule(
          "passive",
          "Nobody does it",
          "In the passive the reader must guess who acts: you, they, or they themselves.",
          PLAIN);
  static final Rule LONG_WORD =
      new Rule(
          "long-word", "There is a shorter word", "Short words are read without a stop.", PLAIN);
  static final Rule EMPTY_CLAIM =
      new Rule(
          "empty-claim",
          "Praise that says nothing",
          "Every competitor writes the same. A figure, a name or an example says more.",
          "");
  static final Rule CLAIM =
      new Rule(
          "claim-to-prove",
          "A claim that must be proven",
          "Who advertises must be able to show that it is true, before it is printed.",
          "FTC Act section 5 (US); Directive 2005/29/EC, article 12 (EU)");
  static final Rule FILLER =
      new Rule("filler", "Words that can go", "Without them the sentence is stronger.", PLAIN);
  static final Rule DOUBLED =
      new Rule(
          "word-twice", "A word stands twice", "Spelling checkers miss it; readers do not.", "");
  static final Rule SHOUTING =
      new Rule(
          "shouting",
          "The text shouts",
          "Capitals and exclamation marks are slower to read, and filters for spam count them.",
          "");
  static final Rule ABOUT_US =
      new Rule(
          "about-us",
          "The text speaks of you and not to the reader",
          "Readers look for themselves. Copy that sells says \"you\" at least as often as \"we\".",
          "");
  static final Rule HEADING =
      new Rule(
          "heading-long",
          "A heading is long",
          "Headings are scanned, not read; twelve words are a lot.",
          PLAIN);

  private CopyRules() {}
}
