package io.agentos.server.http;

import io.agentos.runtime.identity.Passwords;
import io.agentos.runtime.identity.Tenants;
import io.agentos.runtime.identity.Users;
import io.agentos.runtime.sessions.ProviderSignIn;
import io.agentos.runtime.sessions.SecondFactors;
import io.agentos.runtime.sessions.Sessions;
import io.agentos.runtime.sessions.SignIn;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in, and how they prove who they are. Each part is thread-safe.
 *
 * @param oidcOrNull null where nobody signs in at an OpenID provider
 */
public record People(
    Users users,
    Tenants tenants,
    Passwords passwords,
    Sessions sessions,
    SignIn signIn,
    SecondFactors factors,
    ProviderSignIn providerSignIn,
    @Nullable Oidc oidcOrNull) {}
