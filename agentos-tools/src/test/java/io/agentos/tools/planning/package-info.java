/** Tests of the package. */
@NullMarked
package io.agentos.tools.planning;

import org.jspecify.annotations.NullMarked;
