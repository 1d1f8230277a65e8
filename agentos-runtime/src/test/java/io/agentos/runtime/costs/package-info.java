/** Tests of the cost ledger. */
@NullMarked
package io.agentos.runtime.costs;

import org.jspecify.annotations.NullMarked;
