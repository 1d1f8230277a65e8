package io.agentos.adapters.http;

import java.nio.ByteBuffer;
import java.util.Map;

/**
 * One call of a provider.
 *
 * @param path appended to the base URL, beginning with a slash
 * @param headers sent beside those of the endpoint
 * @param body JSON in UTF-8, from the position to the limit of a buffer with an array, sent as it
 *     is
 * @param model the model that is asked, for error messages
 */
public record ProviderCall(
    String path, Map<String, String> headers, ByteBuffer body, String model) {
  public ProviderCall {
    headers = Map.copyOf(headers);
    body = body.duplicate();
    if (!body.hasArray()) {
      throw new IllegalArgumentException("the body of a call needs a buffer with an array");
    }
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("the path of a call begins with a slash");
    }
  }

  @Override
  public ByteBuffer body() {
    return body.duplicate();
  }
}
