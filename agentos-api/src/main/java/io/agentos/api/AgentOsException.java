package io.agentos.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of AgentOS: an expectation that was not met.
 *
 * <p>The message says what was wanted, what came and what to do; it holds ids and never payloads or
 * secrets, for it is shown to callers and written to logs. Expected endings are values, not this.
 */
public final class AgentOsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * One wrong field: its path in the request, such as {@code limits.turns_max}, and what is wrong.
   */
  public record FieldError(String path, String message) {}

  private final ErrorCode code;
  private final transient List<FieldError> fieldErrors;
  private final transient @Nullable Duration retryAfter;

  public AgentOsException(ErrorCode code, String message) {
    this(code, message, List.of(), null, null);
  }

  public AgentOsException(ErrorCode code, String message, Throwable cause) {
    this(code, message, List.of(), null, cause);
  }

  private AgentOsException(
      ErrorCode code,
      String message,
      List<FieldError> fieldErrors,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.fieldErrors = List.copyOf(fieldErrors);
    this.retryAfter = retryAfter;
  }

  /** An exception that names each wrong field. */
  public static AgentOsException ofFields(
      ErrorCode code, String message, List<FieldError> fieldErrors) {
    return new AgentOsException(code, message, fieldErrors, null, null);
  }

  /** An exception that says when a repeat may pass. */
  public static AgentOsException retryAfter(ErrorCode code, String message, Duration retryAfter) {
    return new AgentOsException(code, message, List.of(), retryAfter, null);
  }

  /** The same, with what caused it. */
  public static AgentOsException retryAfter(
      ErrorCode code, String message, Duration retryAfter, Throwable cause) {
    return new AgentOsException(code, message, List.of(), retryAfter, cause);
  }

  public ErrorCode code() {
    return code;
  }

  /** The message, never null. */
  public String detail() {
    return getMessage() == null ? code.name() : getMessage();
  }

  /** The wrong fields; empty when the error is not about fields. */
  public List<FieldError> fieldErrors() {
    return fieldErrors == null ? List.of() : fieldErrors;
  }

  /** How long to wait before a repeat; empty when unknown or when a repeat cannot help. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
