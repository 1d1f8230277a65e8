package io.agentos.adapters.openai;

import io.agentos.adapters.http.ProviderTimeouts;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one server of OpenAI's making, or in its image, is called.
 *
 * @param id the provider's name in configuration and records, such as {@code openai}
 * @param baseUrl used as given, {@code /chat/completions} or {@code /responses} is appended: {@code
 *     https://api.openai.com/v1}, {@code https://api.deepseek.com}, {@code
 *     http://localhost:11434/v1}; a slash at the end makes no difference
 * @param apiKey null or blank for servers that want none: then no Authorization header is sent;
 *     white space around it is dropped
 * @param defaultModel the model of requests that name none
 * @param headers sent with each call beside the key, such as {@code OpenAI-Organization}
 * @param api what the server speaks
 * @param timeouts how long one call may take
 */
public record OpenAiSettings(
    String id,
    URI baseUrl,
    @Nullable String apiKey,
    String defaultModel,
    Map<String, String> headers,
    Api api,
    ProviderTimeouts timeouts) {
  /** OpenAI's own base URL. */
  public static final URI OPENAI_URL = URI.create("https://api.openai.com/v1");

  /** DeepSeek's base URL. */
  public static final URI DEEPSEEK_URL = URI.create("https://api.deepseek.com");

  /** What a server speaks. */
  public enum Api {
    /** Chat Completions as OpenAI speaks them. Its models' thoughts stay hidden. */
    CHAT_COMPLETIONS,
    /** OpenAI's Responses: thoughts are kept, sealed, from turn to turn. No stop sequences. */
    RESPONSES,
    /** Chat Completions as DeepSeek speaks them. */
    DEEPSEEK,
    /** Chat Completions with the older {@code max_tokens}, for servers that know no other. */
    COMPATIBLE
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
    return "OpenAiSettings[id=%s, baseUrl=%s, api=%s, defaultModel=%s, headers=%s, timeouts=%s]"
        .formatted(id, baseUrl, api, defaultModel, headers.keySet(), timeouts);
  }
}
