/**
 * The ten steps as one sequential program, and the way in.
 *
 * <p>May import everything else in the runtime.
 */
@NullMarked
package io.agentos.runtime.orchestrator;

import org.jspecify.annotations.NullMarked;
