package io.agentos.runtime.definitions;

import io.agentos.api.AgentOsException;
import io.agentos.api.AgentOsException.FieldError;
import io.agentos.api.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is wrong with some documents, collected so that all of it can be told at once. Each problem
 * is a line such as {@code packs/p/pack.yaml:4:3: metadata.nam: unknown key 'nam'; allowed: name}.
 *
 * <p>Not thread-safe.
 */
public final class Problems {
  /** How many problems are told; of the others only the number is. */
  public static final int SHOWN_MAX = 20;

  private static final int VALUE_LENGTH_MAX = 60;

  private final List<FieldError> shown = new ArrayList<>();
  private int count;

  /** Adds a problem of a whole file. */
  public void add(String file, String message) {
    add(file, Place.UNKNOWN, "", message);
  }

  void add(String file, Place place, String path, String message) {
    count++;
    if (shown.size() == SHOWN_MAX) {
      return;
    }
    String where =
        place.equals(Place.UNKNOWN) ? file : file + ":" + place.line() + ":" + place.column();
    shown.add(new FieldError(path.isEmpty() ? where : where + ": " + path, message));
  }

  /** How many there are by now. */
  public int count() {
    return count;
  }

  /**
   * Ends here when there is a problem.
   *
   * @throws AgentOsException INVALID_DEFINITION with one line for each problem
   */
  public void throwIfAny() {
    if (count == 0) {
      return;
    }
    String lines =
        shown.stream()
            .map(problem -> problem.path() + ": " + problem.message())
            .collect(Collectors.joining("\n"));
    int hidden = count - shown.size();
    throw AgentOsException.ofFields(
        ErrorCode.INVALID_DEFINITION,
        hidden == 0 ? lines : lines + "\nand " + hidden + " more",
        shown);
  }

  /** The text in quotes; of a long one, its beginning. */
  public static String quoted(String text) {
    return text.length() <= VALUE_LENGTH_MAX
        ? "'" + text + "'"
        : "'" + text.substring(0, VALUE_LENGTH_MAX) + "…'";
  }
}
