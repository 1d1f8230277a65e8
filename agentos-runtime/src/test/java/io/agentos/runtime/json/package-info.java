/** Tests of JSON. */
@NullMarked
package io.agentos.runtime.json;

import org.jspecify.annotations.NullMarked;
