/** Tests of the Merkle trees, against a second implementation that follows the RFC's words. */
@NullMarked
package io.agentos.runtime.merkle;

import org.jspecify.annotations.NullMarked;
