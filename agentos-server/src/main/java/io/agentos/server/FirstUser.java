package io.agentos.server;

import io.agentos.api.TenantId;
import io.agentos.api.UserId;
import io.agentos.runtime.identity.Role;
import io.agentos.runtime.identity.Users;
import io.agentos.runtime.identity.Users.NewUser;
import io.agentos.runtime.identity.Users.User;
import io.agentos.runtime.sessions.SignIn;
import io.agentos.runtime.store.Database;
import io.agentos.server.http.People;
import java.time.Duration;
import java.util.Optional;

/**
 * The first administrator, for whom a server prints a link when it starts. Whoever has others
 * disables it, and is printed none from then on. Thread-safe.
 */
final class FirstUser {
  private static final String EMAIL = "admin@localhost";
  private static final Duration LIFE = Duration.ofMinutes(15);
  private static final String BY = "system";

  private final Database database;
  private final People people;

  FirstUser(Database database, People people) {
    this.database = database;
    this.people = people;
  }

  /** The path of a page that signs it in once; empty where it is disabled. */
  Optional<String> link() {
    return database.inTenant(
        TenantId.DEFAULT,
        tx -> {
          Users users = people.users();
          User user =
              users
                  .ofEmail(tx, TenantId.DEFAULT, EMAIL)
                  .orElseGet(() ->
                      users.create(
                          tx,
                          TenantId.DEFAULT,
                          new NewUser(EMAIL, "Administrator", Role.ADMIN),
                          BY));
          if (user.disabledAt() != null) {
            return Optional.empty();
          }
          SignIn.Link link =
              people
                  .signIn()
                  .link(tx, TenantId.DEFAULT, UserId.parse(user.id()), new SignIn.Offer(LIFE, BY));
          return Optional.of("/sign-in?token=" + link.secret());
        });
  }
}
