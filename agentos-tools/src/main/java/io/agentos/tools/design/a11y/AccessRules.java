package io.agentos.tools.design.a11y;

import io.agentos.tools.report.Rule;

/** What is looked for, each with its success criterion of WCAG 2.2. */
final class AccessRules {
  static final Rule IMAGE_ALT =
      rule(
          "image-alt",
          "An image has no text in its place",
          "Who cannot see the image hears its file name, or nothing.",
          "1.1.1 Non-text Content, A");
  static final Rule IMAGE_ALT_POOR =
      rule(
          "image-alt-poor",
          "The text in place of an image says nothing",
          "A file name, or the word \"image\", does not tell what the image tells.",
          "1.1.1 Non-text Content, A");
  static final Rule FIELD_LABEL =
      rule(
          "field-label",
          "A field has no label",
          "A screen reader says \"edit text\" and nobody knows what to fill in; a placeholder goes away"
              + " as soon as one types.",
          "4.1.2 Name, Role, Value, A; 3.3.2 Labels or Instructions, A");
  static final Rule BUTTON_NAME =
      rule(
          "button-name",
          "A button has no name",
          "A screen reader says \"button\", and voice control cannot press it.",
          "4.1.2 Name, Role, Value, A");
  static final Rule LINK_NAME =
      rule(
          "link-name",
          "A link has no name",
          "A screen reader reads the address aloud, letter by letter.",
          "2.4.4 Link Purpose (In Context), A; 4.1.2, A");
  static final Rule LINK_VAGUE =
      rule(
          "link-vague",
          "A link does not say where it leads",
          "Many people go from link to link; \"here\" and \"more\" mean nothing by themselves.",
          "2.4.9 Link Purpose (Link Only), AAA");
  static final Rule NAME_MISMATCH =
      rule(
          "label-in-name",
          "What is heard is not what is seen",
          "Who says \"click\" and the words on the button does not reach it, because its name is another.",
          "2.5.3 Label in Name, A");
  static final Rule LANG =
      rule(
          "page-language",
          "The page does not say its language",
          "Screen readers then read it with the sounds of another language.",
          "3.1.1 Language of Page, A");
  static final Rule TITLE =
      rule(
          "page-title",
          "The page has no title",
          "The title is the first thing a screen reader says, and what tabs and bookmarks show.",
          "2.4.2 Page Titled, A");
  static final Rule ZOOM =
      rule(
          "zoom-blocked",
          "The page forbids zooming",
          "Who needs larger text cannot make it larger on a phone.",
          "1.4.4 Resize Text, AA");
  static final Rule REFRESH =
      rule(
          "page-refresh",
          "The page reloads or leaves by itself",
          "Who reads slowly is thrown out in the middle, and a screen reader begins again.",
          "2.2.1 Timing Adjustable, A");
  static final Rule MAIN =
      rule(
          "landmark-main",
          "Nothing marks the main part of the page",
          "People jump to the main part over menu and header; without a mark they go through all of it,"
              + " on every page.",
          "2.4.1 Bypass Blocks, A; technique ARIA11");
  static final Rule HEADING_ORDER =
      rule(
          "heading-order",
          "The headings skip a level, or none leads",
          "Headings are the table of contents of who cannot see the page.",
          "1.3.1 Info and Relationships, A; technique G141");
  static final Rule HEADING_EMPTY =
      rule(
          "heading-empty",
          "A heading is empty",
          "A screen reader announces a part of the page that has no name.",
          "2.4.6 Headings and Labels, AA");
  static final Rule LIST =
      rule(
          "list-structure",
          "A list is not built as one",
          "Screen readers say how many items there are; a wrong child breaks the count.",
          "1.3.1 Info and Relationships, A");
  static final Rule TABLE =
      rule(
          "table-headers",
          "A table of data has no headers",
          "Read aloud, cell after cell, nobody knows which column a number belongs to.",
          "1.3.1 Info and Relationships, A; technique H51");
  static final Rule GROUP =
      rule(
          "group-label",
          "Choices that belong together have no name",
          "One hears \"yes\" and \"no\", and not the question.",
          "1.3.1 Info and Relationships, A; technique H71");
  static final Rule FRAME =
      rule(
          "frame-title",
          "A frame has no title",
          "A screen reader says \"frame\", and one must go in to know what it is.",
          "4.1.2 Name, Role, Value, A; technique H64");
  static final Rule AUTOCOMPLETE =
      rule(
          "autocomplete",
          "A field about the person does not say what it is for",
          "With it, browsers fill the field in, and it can be shown with a symbol.",
          "1.3.5 Identify Input Purpose, AA");
  static final Rule PASTE =
      rule(
          "paste-blocked",
          "A field forbids pasting",
          "Who uses a password manager, or cannot remember or copy codes by hand, is locked out.",
          "3.3.8 Accessible Authentication (Minimum), AA");
  static final Rule CAPTIONS =
      rule(
          "captions",
          "A video has no captions",
          "Who cannot hear it gets nothing of what is said.",
          "1.2.2 Captions (Prerecorded), A");
  static final Rule AUTOPLAY =
      rule(
          "autoplay",
          "Sound plays by itself",
          "It talks over the screen reader, and who must find the stop button cannot hear where it is.",
          "1.4.2 Audio Control, A");
  static final Rule MOVING =
      rule(
          "moving-text",
          "Text moves or blinks",
          "It cannot be read in time, and takes the attention from everything else.",
          "2.2.2 Pause, Stop, Hide, A");
  static final Rule TAB_ORDER =
      rule(
          "tab-order",
          "A positive tabindex changes the order of the keyboard",
          "The focus jumps across the page, away from the order in which one reads.",
          "2.4.3 Focus Order, A");
  static final Rule KEYBOARD =
      rule(
          "keyboard",
          "Something can be clicked and not reached by the keyboard",
          "Who cannot use a mouse cannot use it at all, and nothing says that it is a control.",
          "2.1.1 Keyboard, A; 4.1.2, A");
  static final Rule NESTED =
      rule(
          "nested-controls",
          "A control stands in another control",
          "Which of the two answers is left to chance, and screen readers see only the outer one.",
          "4.1.2 Name, Role, Value, A");
  static final Rule HIDDEN_FOCUS =
      rule(
          "hidden-focus",
          "Something hidden takes the focus",
          "The keyboard comes to a place that a screen reader is told is not there.",
          "4.1.2 Name, Role, Value, A");
  static final Rule ARIA_ROLE =
      rule(
          "aria-role",
          "A role does not exist",
          "Browsers ignore it, and the element is whatever it was.",
          "4.1.2 Name, Role, Value, A");
  static final Rule ARIA_ATTRIBUTE =
      rule(
          "aria-attribute",
          "An ARIA attribute does not exist, or its value does not",
          "Browsers ignore it without a word.",
          "4.1.2 Name, Role, Value, A");
  static final Rule ARIA_REQUIRED =
      rule(
          "aria-required",
          "A role lacks a state that it needs",
          "A screen reader says what it is, and not how it stands.",
          "4.1.2 Name, Role, Value, A");
  static final Rule ID_MISSING =
      rule(
          "id-reference",
          "Something refers to an id that the page does not have",
          "The label or description that was meant is not there.",
          "1.3.1 Info and Relationships, A; 4.1.2, A");
  static final Rule ID_TWICE =
      rule(
          "id-duplicate",
          "An id that is referred to stands twice",
          "Labels go to the first of them only.",
          "1.3.1 Info and Relationships, A; 4.1.2, A");

  private AccessRules() {}

  private static Rule rule(String id, String title, String why, String criterion) {
    return new Rule(id, title, why, "WCAG 2.2, " + criterion);
  }
}
