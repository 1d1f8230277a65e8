/**
 * Step 3: which agent serves a request.
 *
 * <p>{@link io.agentos.runtime.routing.TaskRouter} is the door. {@code AgentDirectory} finds what a
 * request names, {@code Reading} what it says and gives, {@code AgentIndex} and {@code Scorer} what
 * that speaks for, {@code Ranking} decides. The same request, packs and {@link
 * io.agentos.runtime.routing.Availability} make the same route, and the reasons are told with it.
 *
 * <p>May import {@code api}, {@code definitions} and {@code json}.
 */
@NullMarked
package io.agentos.runtime.routing;

import org.jspecify.annotations.NullMarked;
