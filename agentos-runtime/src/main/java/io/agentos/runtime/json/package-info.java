/**
 * Records and sealed types to JSON and back; the runtime's only use of Jackson's mappers.
 *
 * <p>May import {@code api} and Jackson.
 */
@NullMarked
package io.agentos.runtime.json;

import org.jspecify.annotations.NullMarked;
