@NullMarked
package io.agentos.runtime.retention;

import org.jspecify.annotations.NullMarked;
