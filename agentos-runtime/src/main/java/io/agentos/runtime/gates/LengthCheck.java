package io.agentos.runtime.gates;

import io.agentos.api.Checkpoint;
import io.agentos.api.GateResult;
import io.agentos.runtime.definitions.GateCheck;
import java.util.ArrayList;
import java.util.List;

/** How long the text of a task or an answer may be, in characters and in words. */
record LengthCheck(GateCheck.Length options) implements Check {
  @Override
  public GateResult check(Checkpoint checkpoint, Consequence consequence) {
    return switch (checkpoint) {
      case Checkpoint.BeforeTask before ->
          consequence.of(findings("The task's text", before.request().input().text()));
      case Checkpoint.BeforeOutput before ->
          consequence.of(findings("The answer", before.output().text()));
      case Checkpoint.BeforeModel _, Checkpoint.BeforeTool _ -> GateResult.PASS;
    };
  }

  private List<String> findings(String what, String text) {
    List<String> findings = new ArrayList<>();
    long characters = text.codePoints().filter(c -> !Plain.isInvisible(c)).count();
    between(
        findings, what, characters, "characters", options.charactersMin(), options.charactersMax());
    between(findings, what, words(text), "words", options.wordsMin(), options.wordsMax());
    return findings;
  }

  private static void between(
      List<String> findings, String what, long found, String unit, int min, int max) {
    if (found < min) {
      findings.add("%s has %d %s; at least %d are wanted.".formatted(what, found, unit, min));
    }
    if (found > max) {
      findings.add("%s has %d %s; at most %d are allowed.".formatted(what, found, unit, max));
    }
  }

  /** Rows without white space that hold a letter or a digit. */
  static int words(String text) {
    int words = 0;
    boolean counted = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
        counted = false;
      } else if (!counted && Character.isLetterOrDigit(c)) {
        counted = true;
        words++;
      }
      i += Character.charCount(c);
    }
    return words;
  }
}
