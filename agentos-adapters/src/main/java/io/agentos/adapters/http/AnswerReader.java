package io.agentos.adapters.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.Tokens;
import org.jspecify.annotations.Nullable;

/** Understands the one answer of a plain call. */
@FunctionalInterface
public interface AnswerReader<T> {
  /**
   * What the answer says.
   *
   * @throws AgentOsException PROVIDER_ANSWER, made by {@link ProviderAnswer#broken}, when it is not
   *     a whole answer
   */
  T read(ProviderAnswer answer);

  /** The last count of tokens that was read, for a call that fails; null for none. */
  default @Nullable Tokens seen() {
    return null;
  }
}
