package io.agentos.adapters.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.Tokens;
import org.jspecify.annotations.Nullable;

/** Understands the events of one stream, one after the other. */
@FunctionalInterface
public interface EventHandler {
  /**
   * Takes an event; whether the stream has said all. What comes after that is not read.
   *
   * @param head of the answer, without a body, to complain with
   * @param event its name; empty when it has none
   * @param data its data, lines joined by {@code \n}
   * @throws AgentOsException PROVIDER_ANSWER, made by {@link ProviderAnswer#broken}, for what makes
   *     no sense; the code of an error that the event tells
   */
  boolean on(ProviderAnswer head, String event, String data);

  /** The last count of tokens that came, for a stream that fails; null for none. */
  default @Nullable Tokens seen() {
    return null;
  }
}
