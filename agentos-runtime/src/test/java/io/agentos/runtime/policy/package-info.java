/** Tests of the policies. */
@NullMarked
package io.agentos.runtime.policy;

import org.jspecify.annotations.NullMarked;
