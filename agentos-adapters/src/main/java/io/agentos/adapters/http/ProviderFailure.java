package io.agentos.adapters.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What an error of a provider means: the error code, and the words that say what to do. */
final class ProviderFailure {
  /** Words for an empty account; some come with 400, 403 or 429, where a repeat would not help. */
  private static final Set<String> CREDIT_WORDS =
      Set.of(
          "insufficient_quota",
          "insufficient_balance",
          "insufficient_credits",
          "credit_balance_exhausted",
          "billing_error",
          "billing_hard_limit_reached",
          "billing_not_active",
          "enforced_spend_limit_reached");

  /** Words for a bad key; some come with 400. */
  private static final Set<String> KEY_WORDS =
      Set.of("invalid_api_key", "API_KEY_INVALID", "authentication_error");

  /** Words for a rate limit; some come with 503, or within an answer of status 200. */
  private static final Set<String> LIMIT_WORDS =
      Set.of("rate_limit_exceeded", "rate_limit_error", "RESOURCE_EXHAUSTED", "slow_down");

  /** Words for a call that is wrong, when they come within an answer of status 200. */
  private static final Set<String> WRONG_WORDS =
      Set.of(
          "invalid_request_error",
          "invalid_prompt",
          "INVALID_ARGUMENT",
          "FAILED_PRECONDITION",
          "not_found_error",
          "NOT_FOUND",
          "permission_error",
          "PERMISSION_DENIED",
          "request_too_large",
          "context_length_exceeded");

  private ProviderFailure() {}

  /**
   * The exception for an answer whose status is not 2xx.
   *
   * @param wait how long the provider asks to wait; null when it does not say
   */
  static AgentOsException of(ProviderAnswer answer, @Nullable Duration wait) {
    return of(answer, ErrorWords.read(ProviderJson.tree(answer.body())), wait);
  }

  /** The exception for an error within an answer of status 2xx. */
  static AgentOsException within(ProviderAnswer answer, JsonNode error) {
    ErrorWords words = ErrorWords.read(error);
    JsonNode code = error.path("code");
    int named = code.isIntegralNumber() ? code.asInt(0) : 0;
    if (named < 400 || named >= 600) {
      named = words.anyOf(WRONG_WORDS) ? 400 : 502;
    }
    return of(answer.withStatus(named), words, null);
  }

  /** The exception for a provider that says by a word that it gave up. */
  static AgentOsException gaveUp(ProviderAnswer answer, String word) {
    return passing(ErrorCode.PROVIDER_UNAVAILABLE, answer, answer.facts(List.of(word)), null);
  }

  /** What a body in one piece means where a stream was asked for: the error it holds, if any. */
  static AgentOsException inPlaceOfStream(ProviderAnswer answer) {
    JsonNode tree = ProviderJson.tree(answer.body());
    JsonNode first = tree.isArray() ? tree.path(0) : tree;
    JsonNode error = first.path("error");
    return error.isObject() || error.isString()
        ? within(answer, error)
        : answer.broken("a body in one piece");
  }

  private static AgentOsException of(
      ProviderAnswer answer, ErrorWords words, @Nullable Duration headerWait) {
    List<String> facts = new ArrayList<>(words.kinds());
    if (!words.parameter().isEmpty()) {
      facts.add("parameter " + words.parameter());
    }
    String told = answer.facts(facts);
    ErrorCode code = code(answer.status(), words);
    if (code == ErrorCode.PROVIDER_UNAVAILABLE || code == ErrorCode.PROVIDER_LIMITED) {
      return passing(
          code, answer, told, headerWait == null ? bounded(words.retryDelay()) : headerWait);
    }
    return new AgentOsException(code, message(code, answer, told));
  }

  private static @Nullable Duration bounded(@Nullable Duration wait) {
    if (wait == null || !wait.isPositive()) {
      return null;
    }
    return wait.compareTo(RetryAfter.MAX) > 0 ? RetryAfter.MAX : wait;
  }

  private static ErrorCode code(int status, ErrorWords words) {
    if (words.anyOf(CREDIT_WORDS)) {
      return ErrorCode.PROVIDER_CREDIT;
    }
    if (words.anyOf(KEY_WORDS)) {
      return ErrorCode.PROVIDER_KEY;
    }
    if (words.anyOf(LIMIT_WORDS)) {
      return ErrorCode.PROVIDER_LIMITED;
    }
    return switch (status) {
      case 401, 403 -> ErrorCode.PROVIDER_KEY;
      case 402 -> ErrorCode.PROVIDER_CREDIT;
      case 429 -> ErrorCode.PROVIDER_LIMITED;
      case 408, 409, 425 -> ErrorCode.PROVIDER_UNAVAILABLE;
      default -> status >= 500 ? ErrorCode.PROVIDER_UNAVAILABLE : ErrorCode.PROVIDER_REFUSED;
    };
  }

  private static AgentOsException passing(
      ErrorCode code, ProviderAnswer answer, String told, @Nullable Duration wait) {
    String what = code == ErrorCode.PROVIDER_LIMITED ? "limits this account" : "is busy or failing";
    String message = "%s %s (%s). A repeat may pass".formatted(answer.provider(), what, told);
    return wait == null
        ? new AgentOsException(code, message + ".")
        : AgentOsException.retryAfter(code, "%s after %s.".formatted(message, wait), wait);
  }

  private static String message(ErrorCode code, ProviderAnswer answer, String told) {
    if (code == ErrorCode.PROVIDER_KEY) {
      return "%s refused the API key (%s). Check the key configured for this provider."
          .formatted(answer.provider(), told);
    }
    if (code == ErrorCode.PROVIDER_CREDIT) {
      return "%s has no credit left for this account (%s). Add credit or raise the limit there."
          .formatted(answer.provider(), told);
    }
    return "%s refused the call of model %s (%s). %s."
        .formatted(answer.provider(), answer.model(), told, advice(answer));
  }

  private static String advice(ProviderAnswer answer) {
    if (answer.status() == 404) {
      return "Check the model's name and the base URL, " + answer.address();
    }
    return answer.status() < 400
        ? "Redirects are not followed: check the base URL, " + answer.address()
        : "A repeat would be refused again: check the model's name and what it takes";
  }
}
