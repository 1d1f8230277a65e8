/** Who calls, and what each may pass on. */
@NullMarked
package io.agentos.runtime.identity;

import org.jspecify.annotations.NullMarked;
