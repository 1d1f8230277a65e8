/** Tests of the package. */
@NullMarked
package io.agentos.tools.csv;

import org.jspecify.annotations.NullMarked;
