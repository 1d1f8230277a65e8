/**
 * How long records are kept: the rules of each tenant, the holds that stand against them, and the
 * loop that deletes what is neither needed nor held. The audit log is never deleted.
 *
 * <p>May import {@code api}, {@code vault}, {@code audit}, {@code store} and {@code json}.
 */
@NullMarked
package io.agentos.runtime.retention;

import org.jspecify.annotations.NullMarked;
