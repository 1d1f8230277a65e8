package io.agentos.adapters.gemini;

import io.agentos.adapters.http.ProviderTimeouts;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one server of the Gemini API is called.
 *
 * @param id the provider's name in configuration and records, such as {@code gemini}
 * @param baseUrl used as given, {@code /models/MODEL:generateContent} is appended: {@code
 *     https://generativelanguage.googleapis.com/v1beta}; a slash at the end makes no difference
 * @param apiKey null or blank for servers that want none: then no {@code x-goog-api-key} is sent;
 *     white space around it is dropped
 * @param defaultModel the model of requests that name none
 * @param headers sent with each call beside the key, such as {@code x-goog-user-project}
 * @param timeouts how long one call may take
 */
public record GeminiSettings(
    String id,
    URI baseUrl,
    @Nullable String apiKey,
    String defaultModel,
    Map<String, String> headers,
    ProviderTimeouts timeouts) {
  /** Google's own base URL. */
  public static final URI GEMINI_URL =
      URI.create("https://generativelanguage.googleapis.com/v1beta");

  public GeminiSettings {
    apiKey = apiKey == null || apiKey.isBlank() ? null : apiKey.strip();
    headers = Map.copyOf(headers);
  }

  /** All headers of a call, with the key where there is one. */
  Map<String, String> headersWithKey() {
    Map<String, String> all = new HashMap<>(headers);
    if (apiKey != null) {
      all.put("x-goog-api-key", apiKey);
    }
    return all;
  }

  /** Everything but the key and the values of headers. */
  @Override
  public String toString() {
    return "GeminiSettings[id=%s, baseUrl=%s, defaultModel=%s, headers=%s, timeouts=%s]"
        .formatted(id, baseUrl, defaultModel, headers.keySet(), timeouts);
  }
}
