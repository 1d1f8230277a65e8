/** Tests of the package. */
@NullMarked
package io.agentos.tools.profile;

import org.jspecify.annotations.NullMarked;
