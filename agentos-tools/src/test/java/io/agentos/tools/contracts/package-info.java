/** Tests of the package. */
@NullMarked
package io.agentos.tools.contracts;

import org.jspecify.annotations.NullMarked;
