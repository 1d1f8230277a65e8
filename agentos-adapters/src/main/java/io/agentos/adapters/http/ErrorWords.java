package io.agentos.adapters.http;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The words by which an error body names its kind, in the shapes of OpenAI ({@code error.type},
 * {@code code}, {@code param}), Anthropic ({@code error.type}) and Google ({@code error.status},
 * {@code details[].reason}).
 *
 * <p>Only words are taken, never texts for people: those quote prompts, and parts of keys.
 *
 * @param kinds what kind of error it is, most general first
 * @param parameter the parameter that was wrong; empty when none is named
 */
record ErrorWords(List<String> kinds, String parameter) {
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.:\\[\\]-]{1,64}");
  private static final int DETAILS_MAX = 8;

  ErrorWords {
    kinds = List.copyOf(kinds);
  }

  /** The words in the tree of an error body, or in its one {@code error}. */
  static ErrorWords read(JsonNode body) {
    JsonNode error = body.path("error").isObject() ? body.path("error") : body;
    Set<String> kinds = new LinkedHashSet<>();
    for (String field : List.of("type", "status", "code")) {
      addWord(kinds, error.path(field));
    }
    List<JsonNode> details = new ArrayList<>(error.path("details").values());
    for (JsonNode detail : details.subList(0, Math.min(details.size(), DETAILS_MAX))) {
      addWord(kinds, detail.path("reason"));
    }
    kinds.remove("error");
    Set<String> parameter = new LinkedHashSet<>();
    addWord(parameter, error.path("param"));
    return new ErrorWords(List.copyOf(kinds), String.join("", parameter));
  }

  /** Whether any of the words is one of {@code others}. */
  boolean anyOf(Set<String> others) {
    return kinds.stream().anyMatch(others::contains);
  }

  /** Whether a text of a provider is a word, such as an id or a kind of error. */
  static boolean isWord(String text) {
    return WORD.matcher(text).matches();
  }

  private static void addWord(Set<String> words, JsonNode node) {
    if (node.isString() && isWord(node.stringValue())) {
      words.add(node.stringValue());
    }
  }
}
