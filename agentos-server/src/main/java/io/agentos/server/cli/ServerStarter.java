package io.agentos.server.cli;

import io.agentos.server.config.Config;

/** Starts a server in this process. */
@FunctionalInterface
public interface ServerStarter {
  /**
   * Starts it and returns when it answers requests.
   *
   * @throws io.agentos.api.AgentOsException ENVIRONMENT when the machine does not let it, as when
   *     the port or the data directory is taken
   */
  RunningServer start(Config config);
}
