package io.agentos.adapters.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a status that is not 2xx means: the error code, and the words that say what to do. */
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

  private ProviderFailure() {}

  /**
   * The exception for an answer whose status is not 2xx.
   *
   * @param wait how long the provider asks to wait; null when it does not say
   */
  static AgentOsException of(ProviderAnswer answer, @Nullable Duration wait) {
    ErrorWords words = ErrorWords.read(ProviderJson.tree(answer.text()));
    List<String> facts = new ArrayList<>(words.kinds());
    if (!words.parameter().isEmpty()) {
      facts.add("parameter " + words.parameter());
    }
    String told = answer.facts(facts);
    ErrorCode code = code(answer.status(), words);
    if (code == ErrorCode.PROVIDER_UNAVAILABLE) {
      return unavailable(answer, told, wait);
    }
    return new AgentOsException(code, message(code, answer, told));
  }

  private static ErrorCode code(int status, ErrorWords words) {
    if (words.anyOf(CREDIT_WORDS)) {
      return ErrorCode.PROVIDER_CREDIT;
    }
    if (words.anyOf(KEY_WORDS)) {
      return ErrorCode.PROVIDER_KEY;
    }
    return switch (status) {
      case 401, 403 -> ErrorCode.PROVIDER_KEY;
      case 402 -> ErrorCode.PROVIDER_CREDIT;
      case 408, 409, 425, 429 -> ErrorCode.PROVIDER_UNAVAILABLE;
      default -> status >= 500 ? ErrorCode.PROVIDER_UNAVAILABLE : ErrorCode.PROVIDER_REFUSED;
    };
  }

  private static AgentOsException unavailable(
      ProviderAnswer answer, String told, @Nullable Duration wait) {
    String message =
        "%s is limiting or failing (%s). A repeat may pass".formatted(answer.provider(), told);
    if (wait == null) {
      return new AgentOsException(ErrorCode.PROVIDER_UNAVAILABLE, message + ".");
    }
    return AgentOsException.retryAfter(
        ErrorCode.PROVIDER_UNAVAILABLE, "%s after %s.".formatted(message, wait), wait);
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
