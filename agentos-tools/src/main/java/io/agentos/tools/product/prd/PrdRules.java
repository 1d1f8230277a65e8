package io.agentos.tools.product.prd;

import io.agentos.tools.report.Rule;

/** What is held against a document of product requirements. */
final class PrdRules {
  private static final String STANDARD =
      "ISO/IEC/IEEE 29148:2018, 5.2.5 characteristics of requirements";

  static final Rule SECTION =
      new Rule(
          "section-missing",
          "A part is missing",
          "Readers look for it, and the team will answer the question each for themselves.",
          "");
  static final Rule EMPTY =
      new Rule(
          "section-empty", "A part has no text", "A heading alone promises what is not there.", "");
  static final Rule PLACEHOLDER =
      new Rule(
          "placeholder",
          "Something was left to fill in",
          "Whoever builds it fills it in, without asking.",
          "ISO/IEC/IEEE 29148:2018, 5.2.5: complete, no TBD");
  static final Rule VAGUE =
      new Rule(
          "vague",
          "A word means something else to everybody",
          "Nobody can say when it is done, nor test it.",
          "ISO/IEC/IEEE 29148:2018, 5.2.7 requirement language criteria");
  static final Rule NOT_MEASURABLE =
      new Rule(
          "not-measurable",
          "A quality has no figure",
          "How fast, how often, for how many, measured how? Without it any result passes.",
          STANDARD + ": verifiable");
  static final Rule NOT_SINGLE =
      new Rule(
          "not-single",
          "One requirement asks for two things",
          "Half of it will be built, and it will count as done.",
          STANDARD + ": singular");
  static final Rule NO_OBLIGATION =
      new Rule(
          "no-obligation",
          "It does not say whether it is needed",
          "\"Must\", \"should\" and \"may\" are three different amounts of work.",
          "RFC 2119");
  static final Rule ID_MISSING =
      new Rule(
          "id-missing",
          "Requirements have no numbers",
          "Designs, tickets and tests cannot refer to them.",
          STANDARD.replace(
              "5.2.5 characteristics of requirements", "5.2.8 attributes of requirements"));
  static final Rule ID_TWICE =
      new Rule("id-twice", "A number stands twice", "Nobody knows which of the two is meant.", "");
  static final Rule ID_UNKNOWN =
      new Rule(
          "id-unknown",
          "A number is referred to that is not defined",
          "What was meant is lost.",
          "");
  static final Rule PRIORITY =
      new Rule(
          "priority-missing",
          "Nothing says what matters more",
          "When time runs short, somebody will choose by chance.",
          "ISO/IEC/IEEE 29148:2018, 5.2.8 attributes of requirements");
  static final Rule ACCEPTANCE =
      new Rule(
          "acceptance-missing",
          "Nothing says how it will be accepted",
          "Without criteria, done is a matter of opinion.",
          STANDARD + ": verifiable");
  static final Rule METRIC =
      new Rule(
          "metric-open",
          "A measure of success cannot be checked",
          "It needs where it stands today, where it shall be, and by when.",
          "");
  static final Rule QUESTION =
      new Rule(
          "question-unowned",
          "A question has no owner or no date",
          "Questions that belong to everybody are answered by nobody.",
          "");
  static final Rule OWNER =
      new Rule(
          "document-owner",
          "The document does not say whose it is and how far it is",
          "Readers cannot ask, nor tell a draft from a decision.",
          "");

  private PrdRules() {}
}
