package io.agentos.spi;

import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.api.ModelRequest;

/**
 * A vendor or server that answers model calls.
 *
 * <p>Thread-safe: many tasks call one instance at once, each on its own virtual thread. Retries,
 * fallback, prices and limits are not its business; it makes one call and tells the truth about it.
 */
public interface ModelProvider extends AutoCloseable {

  /** Its name in configuration and records, such as {@code openai}. */
  String id();

  /**
   * Makes one call and returns the whole answer. Blocks; an interrupt closes the connection at once
   * and throws.
   *
   * @throws AgentOsException PROVIDER_UNAVAILABLE (busy, limited, failing, cut off; with the time
   *     to wait where the provider said so), PROVIDER_ANSWER (not a whole answer),
   *     PROVIDER_REFUSED, PROVIDER_KEY, PROVIDER_CREDIT
   */
  Completion complete(ModelRequest request);

  /** Closes its connections. */
  @Override
  default void close() {}
}
