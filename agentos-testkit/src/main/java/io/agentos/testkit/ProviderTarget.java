package io.agentos.testkit;

import java.net.URI;
import java.time.Duration;

/**
 * What a contract suite wants a provider to be built for.
 *
 * @param server the address of the model server, without a path
 * @param timeout the longest that one call may take
 * @param idle the longest that a stream may be silent
 */
public record ProviderTarget(URI server, String apiKey, Duration timeout, Duration idle) {
  public ProviderTarget(URI server, String apiKey, Duration timeout) {
    this(server, apiKey, timeout, timeout);
  }
}
