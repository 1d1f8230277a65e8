package io.agentos.server.http;

import io.agentos.api.AgentOsException;
import java.util.List;

/** Says whether the server can do its work. Thread-safe. */
@FunctionalInterface
public interface Readiness {
  /**
   * Looks once: that Postgres answers and is migrated. May take as long as a connection may be
   * waited for; the API asks at most one at a time.
   *
   * @throws AgentOsException saying what is missing
   */
  void check();

  /** What an operator must look at beside what the API knows itself; names no tenant. */
  default List<String> warnings() {
    return List.of();
  }
}
