/**
 * Step 9: what happened, recorded for ever in one hash chain per tenant.
 *
 * <p>May import {@code api}, {@code store} and {@code json}.
 */
@NullMarked
package io.agentos.runtime.audit;

import org.jspecify.annotations.NullMarked;
