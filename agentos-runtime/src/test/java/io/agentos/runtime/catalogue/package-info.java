@NullMarked
package io.agentos.runtime.catalogue;

import org.jspecify.annotations.NullMarked;
