package io.agentos.server.http;

import io.agentos.runtime.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** How a call is answered. */
sealed interface Answer {
  /**
   * At once.
   *
   * @param body JSON; empty for none
   * @param headers besides those that every answer has
   */
  record Ready(int status, String body, Map<String, String> headers) implements Answer {
    public Ready {
      headers = Map.copyOf(headers);
    }

    /** The same with one more header. */
    Ready with(String header, String value) {
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put(header, value);
      return new Ready(status, body, more);
    }
  }

  /** After something that takes its time, without a place in the queue. */
  record Later(Supplier<Ready> rest) implements Answer {}

  /** As a stream of server-sent events. */
  record Events(Body body) implements Answer {
    /** Writes the events. Closed whatever becomes of the answer. */
    interface Body extends AutoCloseable {
      void writeTo(OutputStream out) throws IOException;

      @Override
      void close();
    }
  }

  /** As lines of JSON, each an object. */
  record Lines(Events.Body body) implements Answer {}

  /** A JSON document. */
  static Ready json(int status, Object body) {
    return new Ready(status, Json.write(body), Map.of());
  }

  /** Nothing to say. */
  static Ready empty() {
    return new Ready(204, "", Map.of());
  }
}
