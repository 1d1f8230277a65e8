package io.agentos.runtime.redaction;

import io.agentos.api.AgentOsException;

/**
 * Redacts a text that comes in pieces to the same as if it came whole, however it is cut. Holds
 * back what may be part of a value: a few words of prose, and never more than 8,192 chars and the
 * piece that came last.
 *
 * <p>Of one thread.
 */
public final class StreamRedactor {
  /** What stays for those who look back: words before a value, or a mark. */
  private static final int KEPT = Stretch.LOOK_BACK + Marks.lengthMax() + 1;

  private final Pass pass;
  private final Replacing replacing;
  private final Counts counts;
  private final StringBuilder text = new StringBuilder();
  private int taken;
  private boolean ended;

  StreamRedactor(Pass pass, Replacing replacing, Counts counts) {
    this.pass = pass;
    this.replacing = replacing;
    this.counts = counts;
  }

  /**
   * Takes the next piece.
   *
   * @return what can be told of the redacted text now; often empty
   * @throws AgentOsException REDACTION_FAILED when the rules refuse the text
   */
  public String add(String piece) {
    if (ended) {
      throw new IllegalStateException("the text has ended");
    }
    text.append(piece);
    if (decides(piece)) {
      take();
    }
    return replacing.drain();
  }

  /** Says that no more comes, and returns the rest. */
  public String end() {
    ended = true;
    take();
    return replacing.drain();
  }

  /** How many values were taken out so far. */
  public Counts counts() {
    return counts;
  }

  /** A cut lies between words, so a piece of a word decides nothing. */
  private boolean decides(String piece) {
    if (text.length() - taken >= Segments.LENGTH_MAX) {
      return true;
    }
    for (int i = 0; i < piece.length(); i++) {
      char c = piece.charAt(i);
      if (c == ' ' || c == '\n' || c == '[' || c == '<') {
        return true;
      }
    }
    return false;
  }

  private void take() {
    taken = pass.take(text.toString(), taken, ended);
    int done = taken - KEPT;
    if (done > 0) {
      text.delete(0, done);
      taken -= done;
    }
  }
}
