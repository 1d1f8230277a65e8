/**
 * What must not lie readable in the database: sealed here under keys that Postgres never sees.
 *
 * <p>May import {@code api}, {@code audit}, {@code store} and {@code json}.
 */
@NullMarked
package io.agentos.runtime.vault;

import org.jspecify.annotations.NullMarked;
