/**
 * Step 3: which agent serves a request.
 *
 * <p>{@link io.agentos.runtime.routing.TaskRouter} is the door. It is pure: the same request and
 * packs make the same route, and the reason is told with it.
 *
 * <p>May import {@code api} and {@code definitions}.
 */
@NullMarked
package io.agentos.runtime.routing;

import org.jspecify.annotations.NullMarked;
