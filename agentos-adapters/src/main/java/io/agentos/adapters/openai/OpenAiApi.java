package io.agentos.adapters.openai;

import io.agentos.adapters.http.EventHandler;
import io.agentos.adapters.http.ProviderAnswer;
import io.agentos.api.AgentOsException;
import io.agentos.api.Completion;
import io.agentos.spi.ModelListener;

/** One of the APIs: how it is asked, and how its answers are read. Immutable. */
interface OpenAiApi {
  /** Where it is, below the base URL. */
  String path();

  /**
   * The body of a call, to be written as JSON.
   *
   * @throws AgentOsException PROVIDER_REFUSED for what the API has no words for
   */
  Object ask(Asked asked, boolean streamed);

  /** What a plain answer says. */
  Completion read(Asked asked, ProviderAnswer answer);

  /** Reads one stream. */
  Stream stream(Asked asked, ModelListener listener);

  /** A reader of one stream; of one thread. */
  interface Stream extends EventHandler {
    /** The answer, once the stream has said all. */
    Completion completion();
  }
}
