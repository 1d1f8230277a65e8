/**
 * Who calls: tenants and API keys with roles.
 *
 * <p>May import {@code api}, {@code store} and {@code audit}.
 */
@NullMarked
package io.agentos.runtime.identity;

import org.jspecify.annotations.NullMarked;
