/**
 * The one way out to hosts that somebody else named: where a URL leads is decided once, on the
 * address that is then connected to.
 *
 * <p>{@link io.agentos.runtime.egress.EgressGuard} is the door. May import {@code api}, {@code spi}
 * and the JDK.
 */
@NullMarked
package io.agentos.runtime.egress;

import org.jspecify.annotations.NullMarked;
