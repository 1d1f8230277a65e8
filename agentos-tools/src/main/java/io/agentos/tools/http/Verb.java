package io.agentos.tools.http;

import io.agentos.api.ToolSpec;
import io.agentos.api.ToolSpec.Effect;
import io.agentos.api.Zone;
import java.time.Duration;

/** A method of HTTP and what a second call with it would do, RFC 9110 section 9.2. */
enum Verb {
  GET(
      "http.get",
      Effect.READ_ONLY,
      Zone.YELLOW,
      "Fetches a text from a web address (https): pages, JSON, XML, CSV. JSON is in the fields too."),
  POST(
      "http.post",
      Effect.ONCE,
      Zone.RED,
      "Sends data to a web address (https) with POST, once, with an Idempotency-Key of its own. Give"
          + " json, or body with content_type."),
  PUT(
      "http.put",
      Effect.IDEMPOTENT,
      Zone.RED,
      "Puts data in the place of what is at a web address (https). Give json, or body with"
          + " content_type."),
  DELETE("http.delete", Effect.IDEMPOTENT, Zone.RED, "Deletes what is at a web address (https).");

  @SuppressWarnings("ImmutableEnumChecker") // A ToolSpec cannot be changed.
  private final ToolSpec spec;

  Verb(String name, Effect effect, Zone zone, String description) {
    this.spec =
        new ToolSpec(
            name,
            description,
            HttpSchema.of(name.equals("http.post") || name.equals("http.put")),
            effect,
            zone,
            Duration.ofSeconds(HttpSchema.SECONDS_MAX + 15L)); // the call ends by itself before
  }

  ToolSpec spec() {
    return spec;
  }

  /** Whether it is repeated where a server says that it cannot answer now. */
  boolean repeatable() {
    return this != POST;
  }
}
