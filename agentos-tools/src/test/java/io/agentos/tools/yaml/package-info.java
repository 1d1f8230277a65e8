/** Tests of the package. */
@NullMarked
package io.agentos.tools.yaml;

import org.jspecify.annotations.NullMarked;
