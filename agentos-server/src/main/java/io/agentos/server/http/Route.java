package io.agentos.server.http;

/**
 * One route of the API.
 *
 * @param path such as {@code /v1/tasks/{id}}, as in the OpenAPI document
 */
record Route(String method, String path, Access access, Handler handler) {
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
    return method.equals("POST");
  }
}
