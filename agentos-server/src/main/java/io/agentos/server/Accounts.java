package io.agentos.server;

import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.identity.Identity;
import io.agentos.runtime.identity.Passwords;
import io.agentos.runtime.identity.Tenants;
import io.agentos.runtime.identity.Users;
import io.agentos.runtime.sessions.ProviderSignIn;
import io.agentos.runtime.sessions.SecondFactors;
import io.agentos.runtime.sessions.Sessions;
import io.agentos.runtime.sessions.SignIn;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.vault.Vault;
import io.agentos.server.config.Config;
import io.agentos.server.config.OidcSettings;
import io.agentos.server.http.Oidc;
import io.agentos.server.http.People;
import io.agentos.server.oidc.OidcProvider;

/**
 * The parts that know people: users, passwords, sessions, codes, and the provider they sign in at.
 */
final class Accounts {
  private Accounts() {}

  static People of(Config config, Database database, Identity identity, Audit audit, Vault vault) {
    Users users = new Users(audit);
    Passwords passwords = new Passwords(Passwords.OWASP);
    Sessions sessions =
        new Sessions(
            database,
            audit,
            new Sessions.Settings(config.sessions().idle(), config.sessions().most()));
    SecondFactors factors = new SecondFactors(database, audit, vault);
    return new People(
        users,
        new Tenants(database, identity, audit),
        passwords,
        sessions,
        new SignIn(database, audit, passwords, users, sessions, factors),
        factors,
        new ProviderSignIn(database, audit, vault, users, sessions),
        config.oidc().map(Accounts::oidc).orElse(null));
  }

  private static Oidc oidc(OidcSettings config) {
    return new Oidc(
        new OidcProvider(
            new OidcProvider.Settings(
                config.issuer(),
                config.clientId(),
                config.clientSecret().value(),
                config.scopes(),
                config.clockSkew())),
        config.tenant(),
        config.tenantClaim(),
        config.roleClaim(),
        config.roles());
  }
}
