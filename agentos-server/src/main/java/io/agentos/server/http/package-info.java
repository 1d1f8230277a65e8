/**
 * The HTTP API: what a caller sees of AgentOS, as {@code openapi.json} describes it.
 *
 * <p>{@link io.agentos.server.http.HttpApi} is the door. May import {@code api}, the services of
 * the runtime, {@code json}, {@code connection} and Helidon; holds no state but what is in flight.
 */
@NullMarked
package io.agentos.server.http;

import org.jspecify.annotations.NullMarked;
