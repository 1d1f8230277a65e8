package io.agentos.runtime.webhooks;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as it came: nothing of it is believed yet. Not copied: who made it does not change the
 * bytes.
 */
public final class Inbound {
  private final Function<String, @Nullable String> headers;
  private final String query;
  private final byte[] body;

  /**
   * @param headers the value of a header that came exactly once; null otherwise
   * @param query as it came, without its question mark
   * @param body as it came
   */
  public Inbound(Function<String, @Nullable String> headers, String query, byte[] body) {
    this.headers = headers;
    this.query = query;
    this.body = body;
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.apply(name));
  }

  String query() {
    return query;
  }

  byte[] body() {
    return body;
  }
}
