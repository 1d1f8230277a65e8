package io.agentos.adapters.http;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one server of models is called, whatever it speaks.
 *
 * @param id the provider's name in configuration and records, such as {@code openai}
 * @param baseUrl used as given, the path of a call is appended: {@code https://api.openai.com/v1},
 *     {@code https://api.deepseek.com}, {@code http://localhost:11434/v1}; a slash at the end makes
 *     no difference
 * @param apiKey null or blank for servers that want none: then none is sent; white space around it
 *     is dropped
 * @param defaultModel the model of requests that name none
 * @param headers sent with each call beside the key, such as {@code OpenAI-Organization}
 * @param timeouts how long one call may take
 */
public record ProviderSettings(
    String id,
    URI baseUrl,
    @Nullable String apiKey,
    String defaultModel,
    Map<String, String> headers,
    ProviderTimeouts timeouts) {
  public ProviderSettings {
    apiKey = apiKey == null || apiKey.isBlank() ? null : apiKey.strip();
    headers = Map.copyOf(headers);
  }

  /**
   * The server as calls reach it.
   *
   * @param key the header that carries the key, and what stands before it there
   * @param more headers of what the server speaks; the settings' own win
   * @param allowPlainHttp whether the key and the prompts may travel unencrypted
   * @throws io.agentos.api.AgentOsException INVALID_DEFINITION when the settings cannot work
   */
  public ProviderEndpoint endpoint(
      KeyHeader key, Map<String, String> more, boolean allowPlainHttp) {
    Map<String, String> all = new HashMap<>(more);
    all.putAll(headers);
    if (apiKey != null) {
      all.put(key.name, key.before + apiKey);
    }
    return new ProviderEndpoint(id, baseUrl, all, timeouts, allowPlainHttp);
  }

  /** Where a key travels. */
  public record KeyHeader(String name, String before) {}

  /** Everything but the key and the values of headers. */
  @Override
  public String toString() {
    return "ProviderSettings[id=%s, baseUrl=%s, defaultModel=%s, headers=%s, timeouts=%s]"
        .formatted(id, baseUrl, defaultModel, headers.keySet(), timeouts);
  }
}
