package io.agentos.adapters.http;

import java.util.Map;

/**
 * One call of a provider.
 *
 * @param path appended to the base URL, beginning with a slash
 * @param headers sent beside those of the endpoint
 * @param body JSON text
 * @param model the model that is asked, for error messages
 */
public record ProviderCall(String path, Map<String, String> headers, String body, String model) {
  public ProviderCall {
    headers = Map.copyOf(headers);
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("the path of a call begins with a slash");
    }
  }
}
