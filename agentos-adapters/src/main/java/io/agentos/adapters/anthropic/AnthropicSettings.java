package io.agentos.adapters.anthropic;

import io.agentos.adapters.http.ProviderTimeouts;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one server of Messages is called.
 *
 * @param id the provider's name in configuration and records, such as {@code anthropic}
 * @param baseUrl used as given, {@code /messages} is appended: {@code
 *     https://api.anthropic.com/v1}; a slash at the end makes no difference
 * @param apiKey null or blank for servers that want none: then no {@code x-api-key} is sent; white
 *     space around it is dropped
 * @param defaultModel the model of requests that name none
 * @param headers sent with each call beside the key and {@code anthropic-version}, such as {@code
 *     anthropic-beta}
 * @param timeouts how long one call may take
 */
public record AnthropicSettings(
    String id,
    URI baseUrl,
    @Nullable String apiKey,
    String defaultModel,
    Map<String, String> headers,
    ProviderTimeouts timeouts) {
  /** Anthropic's own base URL. */
  public static final URI ANTHROPIC_URL = URI.create("https://api.anthropic.com/v1");

  private static final String VERSION = "2023-06-01";

  public AnthropicSettings {
    apiKey = apiKey == null || apiKey.isBlank() ? null : apiKey.strip();
    headers = Map.copyOf(headers);
  }

  /** All headers of a call, with the key where there is one. */
  Map<String, String> headersWithKey() {
    Map<String, String> all = new HashMap<>();
    all.put("anthropic-version", VERSION);
    all.putAll(headers);
    if (apiKey != null) {
      all.put("x-api-key", apiKey);
    }
    return all;
  }

  /** Everything but the key and the values of headers. */
  @Override
  public String toString() {
    return "AnthropicSettings[id=%s, baseUrl=%s, defaultModel=%s, headers=%s, timeouts=%s]"
        .formatted(id, baseUrl, defaultModel, headers.keySet(), timeouts);
  }
}
