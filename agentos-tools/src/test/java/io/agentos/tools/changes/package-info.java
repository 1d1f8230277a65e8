/** Tests of the package. */
@NullMarked
package io.agentos.tools.changes;

import org.jspecify.annotations.NullMarked;
