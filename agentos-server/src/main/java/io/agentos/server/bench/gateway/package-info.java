/**
 * What a model call costs through AgentOS's model router, beside the bare call and the same call
 * through Portkey's gateway: one machine, one run, one upstream on loopback, each in a process of
 * its own.
 *
 * <p>May import the API, the runtime and the provider adapters.
 */
@NullMarked
package io.agentos.server.bench.gateway;

import org.jspecify.annotations.NullMarked;
