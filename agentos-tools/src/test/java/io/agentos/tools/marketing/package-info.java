/** Tests of the tools for campaigns. */
@NullMarked
package io.agentos.tools.marketing;

import org.jspecify.annotations.NullMarked;
