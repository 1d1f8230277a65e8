package io.agentos.spi;

import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.api.ModelEvent;
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
   * Makes one call and returns the whole answer, which the provider sends in one piece. Blocks; an
   * interrupt closes the connection at once and throws.
   *
   * @param listener hears of limits, and that a failed call may be charged; not of text and calls
   * @throws AgentOsException PROVIDER_LIMITED (with the time to wait where the provider said so),
   *     PROVIDER_UNAVAILABLE (busy, failing, cut off), PROVIDER_ANSWER (not a whole answer),
   *     PROVIDER_REFUSED, PROVIDER_KEY, PROVIDER_CREDIT
   */
  Completion complete(ModelRequest request, ModelListener listener);

  /** The same without a listener. */
  default Completion complete(ModelRequest request) {
    return complete(request, ModelListener.NONE);
  }

  /**
   * Makes one call and returns the whole answer, told to the listener as it comes. The answer is
   * the same as of {@link #complete}; a stream that ends early is no answer.
   *
   * @throws AgentOsException as {@link #complete}, also when the answer has begun
   */
  default Completion stream(ModelRequest request, ModelListener listener) {
    Completion completion = complete(request, listener);
    listener.on(new ModelEvent.Started(completion.requestId()));
    if (!completion.message().text().isEmpty()) {
      listener.on(new ModelEvent.Text(completion.message().text()));
    }
    completion.message().toolCalls().forEach(call -> listener.on(new ModelEvent.Call(call)));
    return completion;
  }

  /** Closes its connections. */
  @Override
  default void close() {}
}
