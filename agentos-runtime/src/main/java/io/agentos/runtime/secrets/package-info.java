/**
 * Secrets of tenants: sealed in the database, named in definitions and calls, and known in the
 * clear to the tool that gets them alone, for as long as its call takes.
 *
 * <p>May import {@code api}, {@code vault}, {@code audit}, {@code redaction}, {@code store} and
 * {@code json}.
 */
@NullMarked
package io.agentos.runtime.secrets;

import org.jspecify.annotations.NullMarked;
