@NullMarked
package io.agentos.runtime.sinks;

import org.jspecify.annotations.NullMarked;
