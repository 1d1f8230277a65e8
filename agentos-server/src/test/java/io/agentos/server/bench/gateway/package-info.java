/** Tests of what the gateway benchmark counts and calls. */
@NullMarked
package io.agentos.server.bench.gateway;

import org.jspecify.annotations.NullMarked;
