/** How people come in, and what is tried against it. */
@NullMarked
package io.agentos.runtime.sessions;

import org.jspecify.annotations.NullMarked;
