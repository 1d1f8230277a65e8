/** Tests of the package. */
@NullMarked
package io.agentos.tools.logs;

import org.jspecify.annotations.NullMarked;
