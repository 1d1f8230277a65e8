package io.agentos.server.http;

import io.agentos.api.AgentOsException;

/**
 * One route of the API.
 *
 * @param path such as {@code /v1/tasks/{id}}, as in the OpenAPI document
 * @param refused what is recorded of a known caller who may not call it
 */
record Route(String method, String path, Access access, Handler handler, Refused refused) {
  /** Nobody asks who was refused. */
  static final Refused UNRECORDED = (_, _) -> {};

  /** A route that nobody asks about refused callers. */
  Route(String method, String path, Access access, Handler handler) {
    this(method, path, access, handler, UNRECORDED);
  }

  /** What a route records of a caller who may not call it. Thread-safe. */
  @FunctionalInterface
  interface Refused {
    void record(Call call, AgentOsException refusal);
  }

  /** What a route does. Thread-safe. */
  @FunctionalInterface
  interface Handler {
    /**
     * Answers a call.
     *
     * @throws io.agentos.api.AgentOsException which becomes the problem document of the answer
     */
    Answer handle(Call call);
  }

  /** Whether a request of this method carries a body that means something. */
  boolean hasBody() {
    return method.equals("POST") || method.equals("PUT");
  }
}
