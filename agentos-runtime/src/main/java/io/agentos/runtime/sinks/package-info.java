/**
 * Tells places outside of the audit log as it grows: in order within a tenant, at least once, from
 * a cursor in Postgres.
 *
 * <p>May import {@code api}, {@code spi}, {@code store} and {@code json}.
 */
@NullMarked
package io.agentos.runtime.sinks;

import org.jspecify.annotations.NullMarked;
