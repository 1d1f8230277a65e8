package io.agentos.server.bench.gateway;

import java.io.IOException;

/** One call of a model, by the way that is measured. Thread-safe. */
interface ModelCall extends AutoCloseable {
  /**
   * Makes the call and reads the answer to its end.
   *
   * @throws IOException when it is not the upstream's answer
   */
  void plain() throws IOException;

  /**
   * Makes the call and reads the answer as it comes.
   *
   * @param firstToken told when the first token is there
   * @return how many tokens came
   */
  int stream(Runnable firstToken) throws IOException;

  @Override
  void close();
}
