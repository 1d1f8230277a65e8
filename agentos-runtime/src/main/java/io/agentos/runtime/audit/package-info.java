/**
 * Step 9: what happened, recorded for ever in one hash chain per tenant.
 *
 * <p>May import {@code api}, {@code store}, {@code json} and {@code redaction}.
 */
@NullMarked
package io.agentos.runtime.audit;

import org.jspecify.annotations.NullMarked;
