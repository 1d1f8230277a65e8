package io.agentos.server;

import io.agentos.server.http.Readiness;
import java.util.List;
import java.util.function.Supplier;

/** Whether this server can work, and what its parts want an operator to know. Thread-safe. */
record ServerReadiness(Storage storage, List<Supplier<List<String>>> parts) implements Readiness {
  ServerReadiness {
    parts = List.copyOf(parts);
  }

  @Override
  public void check() {
    storage.check();
  }

  @Override
  public List<String> warnings() {
    return parts.stream().flatMap(part -> part.get().stream()).toList();
  }
}
