package io.agentos.tools.design.contrast;

import io.agentos.tools.report.Rule;

/** What is held against WCAG 2.2. */
final class ContrastRules {
  static final Rule TEXT =
      new Rule(
          "text-contrast",
          "Text is too faint",
          "People with low vision, and everybody in sunlight, cannot read text that hardly differs"
              + " from what is behind it. Text needs 4.5:1, large text (24 px, or 18.66 px and bold)"
              + " 3:1.",
          "WCAG 2.2, 1.4.3 Contrast (Minimum), AA");
  static final Rule TEXT_ENHANCED =
      new Rule(
          "text-contrast-enhanced",
          "Text is fainter than level AAA asks",
          "Level AAA asks for 7:1, and 4.5:1 for large text. These pass level AA.",
          "WCAG 2.2, 1.4.6 Contrast (Enhanced), AAA");
  static final Rule PLACEHOLDER =
      new Rule(
          "placeholder-contrast",
          "A placeholder is too faint",
          "A placeholder is text that people must read to fill in the field; the same ratios hold.",
          "WCAG 2.2, 1.4.3 Contrast (Minimum), AA");
  static final Rule FOCUS_HIDDEN =
      new Rule(
          "focus-hidden",
          "Nothing shows where the focus is",
          "Who works with the keyboard must see which link, button or field is next. The browser's"
              + " own outline was taken away and nothing was put in its place.",
          "WCAG 2.2, 2.4.7 Focus Visible, AA");
  static final Rule FOCUS_FAINT =
      new Rule(
          "focus-contrast",
          "The focus is hard to see",
          "The outline that shows the focus needs 3:1 against what is around it.",
          "WCAG 2.2, 1.4.11 Non-text Contrast, AA");
  static final Rule FIELD =
      new Rule(
          "field-boundary",
          "The edge of a field is hard to see",
          "Where a field begins and ends must show: its border, or its background, needs 3:1 against"
              + " what is around it.",
          "WCAG 2.2, 1.4.11 Non-text Contrast, AA");
  static final Rule LINK =
      new Rule(
          "link-by-color",
          "Only a colour tells a link from the text around it",
          "Who cannot tell the two colours apart does not see the link. Underline it, or give it 3:1"
              + " against the text around it.",
          "WCAG 2.2, 1.4.1 Use of Color, A; technique G183");
  static final Rule IMAGE =
      new Rule(
          "text-over-image",
          "Text lies over a picture",
          "What is behind each letter depends on the picture, which is not looked at. Look yourself,"
              + " at every width, and put a solid or half-transparent colour between the two.",
          "WCAG 2.2, 1.4.3 Contrast (Minimum), AA");
  static final Rule VARIABLE =
      new Rule(
          "variable-missing",
          "A variable has no value",
          "Without a value the whole declaration is void, and the colour is the parent's or none.",
          "CSS Custom Properties Level 1, section 3");

  private ContrastRules() {}
}
