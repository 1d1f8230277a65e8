/** Tests of the package. */
@NullMarked
package io.agentos.tools.kubernetes;

import org.jspecify.annotations.NullMarked;
