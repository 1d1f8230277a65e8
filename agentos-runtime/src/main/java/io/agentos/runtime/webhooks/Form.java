package io.agentos.runtime.webhooks;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fields of a form, application/x-www-form-urlencoded. */
final class Form {
  private static final int FIELDS_MAX = 1_000;

  private Form() {}

  /** The values of each field in their order; empty when it is no form. */
  static Optional<Map<String, List<String>>> read(byte[] body) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    String text = new String(body, StandardCharsets.UTF_8);
    String[] parts = text.isEmpty() ? new String[0] : text.split("&", FIELDS_MAX + 1);
    if (parts.length > FIELDS_MAX) {
      return Optional.empty();
    }
    try {
      for (String part : parts) {
        int equals = part.indexOf('=');
        String name = equals < 0 ? part : part.substring(0, equals);
        String value = equals < 0 ? "" : part.substring(equals + 1);
        fields.computeIfAbsent(decoded(name), _ -> new ArrayList<>()).add(decoded(value));
      }
      return Optional.of(fields);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
