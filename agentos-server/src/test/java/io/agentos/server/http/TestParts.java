package io.agentos.server.http;

import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.checkpoints.Checkpoints;
import io.agentos.runtime.checkpoints.SigningKey;
import io.agentos.runtime.identity.Identity;
import io.agentos.runtime.identity.Passwords;
import io.agentos.runtime.identity.Tenants;
import io.agentos.runtime.identity.Users;
import io.agentos.runtime.sessions.ProviderSignIn;
import io.agentos.runtime.sessions.SecondFactors;
import io.agentos.runtime.sessions.Sessions;
import io.agentos.runtime.sessions.SignIn;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.vault.MasterKey;
import io.agentos.runtime.vault.Vault;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The parts that a test server is made of. */
final class TestParts {
  /** Passwords are compared often here, and kept for no longer than a test. */
  static final Passwords.Cost CHEAP = new Passwords.Cost(64, 1, 1);

  private TestParts() {}

  /** Those who sign in, with hashes that cost little. */
  static People people(Database database, Identity identity, Audit audit, @Nullable Oidc oidc) {
    Users users = new Users(audit);
    Passwords passwords = new Passwords(CHEAP);
    Sessions sessions = new Sessions(database, audit, Sessions.Settings.USUAL);
    Vault vault = new Vault(MasterKey.of(MasterKey.random()));
    SecondFactors factors = new SecondFactors(database, audit, vault);
    return new People(
        users,
        new Tenants(database, identity, audit),
        passwords,
        sessions,
        new SignIn(database, audit, passwords, users, sessions, factors),
        factors,
        new ProviderSignIn(database, audit, vault, users, sessions),
        oidc);
  }

  /** Checkpoints that are kept in a folder. */
  static Checkpoints checkpoints(Database database, Audit audit, Path folder) {
    return new Checkpoints(
        database,
        audit,
        new Checkpoints.Settings(
            folder,
            SigningKey.of(SigningKey.random()),
            "test.example",
            Duration.ofSeconds(10),
            1_000,
            null));
  }
}
