package io.agentos.runtime.orchestrator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a model makes of a text in which tokens stand for what it is not told, such as {@code
 * <EMAIL_0123456789abcdef>}: it obeys with the token where it was told to obey with the value.
 *
 * @param tokens by value
 */
record Reading(Map<String, String> tokens) {
  /** Of a text in which nothing is hidden. */
  static final Reading PLAIN = new Reading(Map.of());

  private static final Pattern TOKEN = Pattern.compile("<[A-Z_]+_[0-9a-f]{16}>");

  /** How {@code written} was read; empty when {@code read} is another text. */
  static Optional<Reading> of(String written, String read) {
    Map<String, String> tokens = new LinkedHashMap<>();
    Matcher token = TOKEN.matcher(read);
    String before = "";
    int value = 0;
    int from = 0;
    while (token.find()) {
      String between = read.substring(from, token.start());
      int at = before.isEmpty() ? 0 : written.indexOf(between, value + 1);
      if (at < 0 || !written.startsWith(between, at)) {
        return Optional.empty();
      }
      if (!before.isEmpty()) {
        tokens.put(written.substring(value, at), before);
      }
      before = token.group();
      value = at + between.length();
      from = token.end();
    }
    String rest = read.substring(from);
    if (before.isEmpty()) {
      return written.equals(rest) ? Optional.of(new Reading(tokens)) : Optional.empty();
    }
    int end = written.length() - rest.length();
    if (end <= value || !written.endsWith(rest)) {
      return Optional.empty();
    }
    tokens.put(written.substring(value, end), before);
    return Optional.of(new Reading(tokens));
  }

  /** With what was read elsewhere too. */
  Reading and(Reading other) {
    Map<String, String> all = new LinkedHashMap<>(tokens);
    all.putAll(other.tokens);
    return new Reading(all);
  }

  /** Arguments as somebody writes them who has read no more than this. */
  Map<String, @Nullable Object> told(Map<String, @Nullable Object> arguments) {
    Map<String, @Nullable Object> told = new LinkedHashMap<>(arguments);
    told.replaceAll((_, value) -> value instanceof String text ? told(text) : value);
    return told;
  }

  private String told(String text) {
    String told = text;
    for (Map.Entry<String, String> each : tokens.entrySet()) {
      told = told.replace(each.getKey(), each.getValue());
    }
    return told;
  }
}
