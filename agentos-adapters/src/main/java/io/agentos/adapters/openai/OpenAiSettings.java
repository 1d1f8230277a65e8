package io.agentos.adapters.openai;

import io.agentos.adapters.http.ProviderTimeouts;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one server of Chat Completions is called.
 *
 * @param id the provider's name in configuration and records, such as {@code openai}
 * @param baseUrl used as given, {@code /chat/completions} is appended: {@code
 *     https://api.openai.com/v1}, {@code https://api.deepseek.com}, {@code
 *     http://localhost:11434/v1}; a slash at the end makes no difference
 * @param apiKey null or blank for servers that want none: then no Authorization header is sent;
 *     white space around it is dropped
 * @param defaultModel the model of requests that name none
 * @param headers sent with each call beside the key, such as {@code OpenAI-Organization}
 * @param outputTokensField where the bound of the answer goes
 * @param timeouts how long one call may take
 */
public record OpenAiSettings(
    String id,
    URI baseUrl,
    @Nullable String apiKey,
    String defaultModel,
    Map<String, String> headers,
    OutputTokensField outputTokensField,
    ProviderTimeouts timeouts) {
  /** OpenAI's own base URL. */
  public static final URI OPENAI_URL = URI.create("https://api.openai.com/v1");

  /** DeepSeek's base URL. */
  public static final URI DEEPSEEK_URL = URI.create("https://api.deepseek.com");

  /** The field of a request that bounds the answer. */
  public enum OutputTokensField {
    /** OpenAI: its reasoning models refuse the older name. */
    MAX_COMPLETION_TOKENS,
    /** DeepSeek and most servers that imitate OpenAI. */
    MAX_TOKENS
  }

  public OpenAiSettings {
    apiKey = apiKey == null || apiKey.isBlank() ? null : apiKey.strip();
    headers = Map.copyOf(headers);
  }

  /** All headers of a call, with the key where there is one. */
  Map<String, String> headersWithKey() {
    Map<String, String> all = new HashMap<>(headers);
    if (apiKey != null) {
      all.put("Authorization", "Bearer " + apiKey);
    }
    return all;
  }

  /** Everything but the key and the values of headers. */
  @Override
  public String toString() {
    return "OpenAiSettings[id=%s, baseUrl=%s, defaultModel=%s, headers=%s, timeouts=%s]"
        .formatted(id, baseUrl, defaultModel, headers.keySet(), timeouts);
  }
}
