@NullMarked
package io.agentos.runtime.secrets;

import org.jspecify.annotations.NullMarked;
