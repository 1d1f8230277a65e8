/** Tests of the package. */
@NullMarked
package io.agentos.tools.mobile;

import org.jspecify.annotations.NullMarked;
