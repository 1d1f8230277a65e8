package io.agentos.adapters.http;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The words by which an error body names its kind, in the shapes of OpenAI ({@code error.type},
 * {@code code}, {@code param}), Anthropic ({@code error.type}, {@code details.error_code}) and
 * Google ({@code error.status}, {@code details[].reason}).
 *
 * <p>Only words are taken, never texts for people: those quote prompts, and parts of keys.
 *
 * @param kinds what kind of error it is, most general first
 * @param parameter the parameter that was wrong; empty when none is named
 * @param retryDelay how long Google's {@code RetryInfo} asks to wait; null when it does not say
 */
record ErrorWords(List<String> kinds, String parameter, @Nullable Duration retryDelay) {
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.:\\[\\]-]{1,64}");
  private static final int DETAILS_MAX = 8;

  ErrorWords {
    kinds = List.copyOf(kinds);
  }

  /** The words in the tree of an error body, or in its one {@code error}. */
  static ErrorWords read(JsonNode body) {
    JsonNode first = body.isArray() ? body.path(0) : body;
    JsonNode error = first.path("error").isObject() ? first.path("error") : first;
    Set<String> kinds = new LinkedHashSet<>();
    for (String field : List.of("type", "status", "code")) {
      addWord(kinds, error.path(field));
    }
    Optional<Duration> retryDelay = Optional.empty();
    for (JsonNode detail : details(error)) {
      addWord(kinds, detail.path("reason"));
      addWord(kinds, detail.path("error_code"));
      retryDelay = retryDelay.or(() -> RateLimits.duration(detail.path("retryDelay").asString("")));
    }
    kinds.remove("error");
    Set<String> parameter = new LinkedHashSet<>();
    addWord(parameter, error.path("param"));
    return new ErrorWords(List.copyOf(kinds), String.join("", parameter), retryDelay.orElse(null));
  }

  /** Whether any of the words is one of {@code others}. */
  boolean anyOf(Set<String> others) {
    return kinds.stream().anyMatch(others::contains);
  }

  /** Whether a text of a provider is a word, such as an id or a kind of error. */
  static boolean isWord(String text) {
    return WORD.matcher(text).matches();
  }

  /** A list at Google, one object at Anthropic. */
  private static List<JsonNode> details(JsonNode error) {
    JsonNode details = error.path("details");
    if (details.isObject()) {
      return List.of(details);
    }
    return details.isArray() ? details.values().stream().limit(DETAILS_MAX).toList() : List.of();
  }

  private static void addWord(Set<String> words, JsonNode node) {
    if (node.isString() && isWord(node.stringValue())) {
      words.add(node.stringValue());
    }
  }
}
