package io.agentos.runtime.redaction;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;

/** Writes a text with what takes the place of values. Of one thread. */
final class Replacing implements Pass.Sink {
  private final RedactionRules rules;
  private final Substitutes substitutes;
  private final Counts counts;
  private final StringBuilder written = new StringBuilder();
  private boolean changed;

  Replacing(RedactionRules rules, Substitutes substitutes, Counts counts) {
    this.rules = rules;
    this.substitutes = substitutes;
    this.counts = counts;
  }

  @Override
  public void text(String text, int begin, int end) {
    written.append(text, begin, end);
  }

  @Override
  public void value(SensitiveKind kind, String text, int begin, int end) {
    changed = true;
    counts.add(kind);
    // A known secret is taken out whatever the rules say.
    Transform transform =
        kind == SensitiveKind.SECRET && rules.of(kind) == Transform.LEAVE
            ? Transform.MASK
            : rules.of(kind);
    written.append(
        switch (transform) {
          case LEAVE, MASK -> Marks.redacted(kind);
          case HASH -> substitutes.hash(kind, text.substring(begin, end));
          case TOKEN -> substitutes.token(kind, text.substring(begin, end));
          case REMOVE -> Marks.REMOVED;
          case BLOCK -> throw blocked(kind);
        });
  }

  private static AgentOsException blocked(SensitiveKind kind) {
    return new AgentOsException(
        ErrorCode.REDACTION_FAILED,
        "The text holds %s, which the privacy rules block; take it out, or ask for another rule for '%s'."
            .formatted(kind.what(), Marks.name(kind)));
  }

  @Override
  public void more(String text, int begin, int end) {
    // The value goes on; its place is taken already.
  }

  boolean unchanged() {
    return !changed;
  }

  /** What was written since the last time. */
  String drain() {
    String drained = written.toString();
    written.setLength(0);
    return drained;
  }
}
