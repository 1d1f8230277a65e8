package io.agentos.runtime.checkpoints;

/** The log is not the one that was signed: nothing is signed over it. */
final class BrokenLog extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long seq;
  private final String problem;

  /**
   * @param seq the first entry that does not fit
   */
  BrokenLog(long seq, String problem) {
    super("entry %d: %s".formatted(seq, problem));
    this.seq = seq;
    this.problem = problem;
  }

  long seq() {
    return seq;
  }

  String problem() {
    return problem;
  }
}
