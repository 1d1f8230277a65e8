package io.agentos.adapters.openai;

import io.agentos.adapters.http.ProviderAnswer;
import io.agentos.adapters.http.ProviderHttp;
import org.jspecify.annotations.Nullable;

/** How much of a streamed answer has been kept, so that an endless one ends. Of one thread. */
final class Pieces {
  private long length;

  /**
   * Counts another piece and returns it; empty for none.
   *
   * @throws io.agentos.api.AgentOsException PROVIDER_ANSWER when it is too much
   */
  String kept(ProviderAnswer head, @Nullable String piece) {
    if (piece == null) {
      return "";
    }
    length += piece.length();
    if (length > ProviderHttp.ANSWER_BYTES_MAX) {
      throw head.broken("more than " + ProviderHttp.ANSWER_BYTES_MAX + " characters");
    }
    return piece;
  }
}
