/** Tests of the tools about money in tables. */
@NullMarked
package io.agentos.tools.finance;

import org.jspecify.annotations.NullMarked;
