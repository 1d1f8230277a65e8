package io.agentos.tools.git;

/**
 * What a run of git printed.
 *
 * @param text its output as UTF-8; up to where it was ended
 * @param error the first of what it complained about
 * @param exit its exit code; meaningless unless it ended by itself
 */
public record GitOutput(String text, String error, int exit, Ending ending) {

  /** How a run of git ended. */
  public enum Ending {
    BY_ITSELF,
    TOO_LARGE,
    TOO_LONG
  }

  /** Whether it ran to its end and was content. */
  public boolean isWhole() {
    return ending == Ending.BY_ITSELF && exit == 0;
  }

  /** Whether it ran to its end and failed. */
  public boolean isFailed() {
    return ending == Ending.BY_ITSELF && exit != 0;
  }
}
