/** Tests of kill switches: triggers. */
@NullMarked
package io.agentos.runtime.killswitch;

import org.jspecify.annotations.NullMarked;
