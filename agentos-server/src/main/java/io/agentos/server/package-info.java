/**
 * The one jar: the entry point, and the composition root where every part is made.
 *
 * <p>May import everything.
 */
@NullMarked
package io.agentos.server;

import org.jspecify.annotations.NullMarked;
