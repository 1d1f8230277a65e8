/** Tests of the definitions. */
@NullMarked
package io.agentos.runtime.definitions;

import org.jspecify.annotations.NullMarked;
