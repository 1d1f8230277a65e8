/** Tests of the package. */
@NullMarked
package io.agentos.tools.dependencies;

import org.jspecify.annotations.NullMarked;
