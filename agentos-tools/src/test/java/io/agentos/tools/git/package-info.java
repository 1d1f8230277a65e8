/** Tests of the git tools on real repositories. */
@NullMarked
package io.agentos.tools.git;

import org.jspecify.annotations.NullMarked;
