/**
 * Who calls: tenants, users and API keys, with roles and scopes.
 *
 * <p>May import {@code api}, {@code store} and {@code audit}.
 */
@NullMarked
package io.agentos.runtime.identity;

import org.jspecify.annotations.NullMarked;
