/** Tests of the task router. */
@NullMarked
package io.agentos.runtime.routing;

import org.jspecify.annotations.NullMarked;
