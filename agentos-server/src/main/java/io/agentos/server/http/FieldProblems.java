package io.agentos.server.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.AgentOsException.FieldError;
import io.agentos.api.ErrorCode;
import io.agentos.runtime.definitions.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** All that is wrong with a request, told at once. Used by one thread. */
final class FieldProblems {
  private static final int TOLD_MAX = 20;
  private static final int NAME_LENGTH_MAX = 64;

  private final List<FieldError> errors = new ArrayList<>();
  private int count;

  /** Notes a problem; beyond the first {@value #TOLD_MAX} they are only counted. */
  void add(String path, String message) {
    count++;
    if (errors.size() < TOLD_MAX) {
      errors.add(new FieldError(path, message));
    }
  }

  /** Whether more problems would only be counted. */
  boolean isFull() {
    return errors.size() == TOLD_MAX;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Refuses the request when there is any problem. */
  void throwIfAny() {
    if (!isEmpty()) {
      throw failure();
    }
  }

  /** The refusal that tells the problems. */
  AgentOsException failure() {
    String told =
        errors.stream()
            .map(error -> error.path() + " " + error.message())
            .collect(Collectors.joining("; "));
    String more = count > errors.size() ? "; and %d more".formatted(count - errors.size()) : "";
    return AgentOsException.ofFields(
        ErrorCode.INVALID_REQUEST, "The request is not valid: %s%s.".formatted(told, more), errors);
  }

  /** The refusal for one problem. */
  static AgentOsException failure(String path, String message) {
    FieldProblems problems = new FieldProblems();
    problems.add(path, message);
    return problems.failure();
  }

  /** What to say of a name that is not among those known. */
  static String unknown(String name, List<String> known) {
    String nearest = Nearest.of(name, known).map("; nearest: '%s'"::formatted).orElse("");
    return "is unknown; known: " + (known.isEmpty() ? "none" : String.join(", ", known)) + nearest;
  }

  /** A name from outside as it may be shown. */
  static String shortened(String name) {
    return name.length() <= NAME_LENGTH_MAX ? name : name.substring(0, NAME_LENGTH_MAX) + "…";
  }
}
