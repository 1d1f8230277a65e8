/** Tests of the package. */
@NullMarked
package io.agentos.tools.citations;

import org.jspecify.annotations.NullMarked;
