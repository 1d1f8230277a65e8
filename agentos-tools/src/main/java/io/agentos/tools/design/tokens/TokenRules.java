package io.agentos.tools.design.tokens;

import io.agentos.tools.report.Rule;

/** What is held against the format, the tokens among themselves, and a style sheet. */
final class TokenRules {
  private static final String FORMAT = "Design Tokens Format Module 2025.10";

  static final Rule BROKEN_ALIAS =
      new Rule(
          "broken-alias",
          "A token refers to one that does not exist",
          "Tools stop at such a token, or write the braces into the style sheet as they are.",
          FORMAT);
  static final Rule ALIAS_CYCLE =
      new Rule(
          "alias-cycle",
          "Tokens refer to each other in a circle",
          "None of them has a value.",
          FORMAT);
  static final Rule DUPLICATE_NAME =
      new Rule(
          "duplicate-name",
          "A name stands twice in one object",
          "JSON keeps the last and drops the first without a word.",
          "RFC 8259, section 4");
  static final Rule BAD_NAME =
      new Rule(
          "invalid-name",
          "A name has a character that is not allowed",
          "`{`, `}` and `.` are what aliases are written with; a token with them in its name cannot be"
              + " referred to.",
          FORMAT);
  static final Rule NAME_CLASH =
      new Rule(
          "name-clash",
          "Two tokens become the same variable",
          "Style sheets have no groups. The later of the two overwrites the other.",
          "");
  static final Rule INVALID_VALUE =
      new Rule(
          "invalid-value",
          "A value does not fit its type",
          "Each tool makes something else of it, or stops.",
          FORMAT);
  static final Rule TYPE_MISSING =
      new Rule(
          "type-missing",
          "A token has no type",
          "Neither it, nor a group around it, nor what it refers to says a `$type`. Tools must not"
              + " guess one.",
          FORMAT);
  static final Rule TYPE_MISMATCH =
      new Rule(
          "type-mismatch",
          "A token refers to one of another type",
          "What is asked for and what comes are different things.",
          FORMAT);
  static final Rule OLD_FORMAT =
      new Rule(
          "old-format",
          "Values are written as in old drafts",
          "Since 2025.10 colours, dimensions and durations are objects. Tools that hold to it refuse"
              + " the old strings.",
          FORMAT);
  static final Rule DUPLICATE_VALUE =
      new Rule(
          "duplicate-value",
          "Tokens have the same value",
          "Nobody knows which to take, and one day only one of them is changed. Keep one, and make the"
              + " others refer to it.",
          "");
  static final Rule NEAR_COLOR =
      new Rule(
          "near-color",
          "Colours can hardly be told apart",
          "Two colours closer than 0.02 in Oklab look the same side by side.",
          "Oklab, just noticeable difference");
  static final Rule OFF_SCALE =
      new Rule(
          "off-scale",
          "A space is not on the scale",
          "Spaces that are multiples of one base line up with each other; one that is not shows.",
          "");
  static final Rule MIXED_NAMES =
      new Rule(
          "mixed-names",
          "Names are written in more than one way",
          "One way for all can be guessed; two cannot.",
          "");
  static final Rule UNUSED =
      new Rule(
          "unused",
          "Tokens are used nowhere",
          "Neither the style sheet nor a token that it uses refers to them.",
          "");
  static final Rule UNKNOWN_VARIABLE =
      new Rule(
          "unknown-variable",
          "The style sheet uses a variable that nobody declares",
          "The whole declaration is void.",
          "CSS Custom Properties Level 1, section 3");
  static final Rule VALUE_DRIFT =
      new Rule(
          "value-drift",
          "The style sheet gives a token another value",
          "Design and code have parted: what the token says is not what people see.",
          "");
  static final Rule DEPRECATED_USED =
      new Rule(
          "deprecated-used",
          "A deprecated token is still used",
          "It goes away one day, and this with it.",
          FORMAT);
  static final Rule HARD_CODED_COLOR =
      new Rule(
          "hard-coded-color",
          "A colour is written out",
          "It does not change with the tokens: not in the next brand, not in dark mode.",
          "");
  static final Rule HARD_CODED_SIZE =
      new Rule(
          "hard-coded-size", "A size is written out", "It does not change with the tokens.", "");

  private TokenRules() {}
}
