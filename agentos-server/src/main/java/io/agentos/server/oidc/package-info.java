/**
 * Signing in at an OpenID provider: the authorization code flow with PKCE, and what an ID token
 * must be to be believed.
 *
 * <p>May import {@code api} and Nimbus.
 */
@NullMarked
package io.agentos.server.oidc;

import org.jspecify.annotations.NullMarked;
