package io.agentos.server.http;

import io.agentos.api.UserId;
import io.agentos.runtime.identity.Email;
import io.agentos.runtime.identity.Passwords;
import io.agentos.runtime.identity.Permission;
import io.agentos.runtime.identity.Role;
import io.agentos.runtime.identity.Users;
import io.agentos.runtime.identity.Users.Change;
import io.agentos.runtime.identity.Users.NewUser;
import io.agentos.runtime.identity.Users.User;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Tx;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The routes of users. Thread-safe. */
final class UserRoutes {
  static final int PASSWORD_LENGTH_MAX = 4 * Passwords.LENGTH_MAX;

  private static final Cursor<UUID> USERS = Cursor.ofIds("users");
  private static final UUID LAST = new UUID(-1L, -1L);
  private static final int NAME_LENGTH_MAX = 200;
  private static final List<String> ROLES = Arrays.stream(Role.values()).map(Role::text).toList();

  private final Database database;
  private final Users users;
  private final Passwords passwords;
  private final Idempotent idempotent;

  UserRoutes(HttpServices services, Idempotent idempotent) {
    this.database = services.database();
    this.users = services.people().users();
    this.passwords = services.people().passwords();
    this.idempotent = idempotent;
  }

  List<Route> routes() {
    Access access = new Access.Needs(Permission.USERS);
    return List.of(
        new Route("GET", "/v1/users", access, this::list),
        new Route("POST", "/v1/users", access, this::create),
        new Route("GET", "/v1/users/{id}", access, this::one),
        new Route("PUT", "/v1/users/{id}", access, this::change),
        new Route("DELETE", "/v1/users/{id}", access, this::disable));
  }

  private Answer list(Call call) {
    QueryParameters query = call.parameters("limit", "cursor");
    int limit = query.limit();
    UUID before = query.cursor(USERS).orElse(LAST);
    query.check();
    List<User> found =
        database.inTenant(call.tenant(), tx -> users.list(tx, call.tenant(), before, limit + 1));
    return Answer.json(
        200,
        Page.of(found, limit, user -> user, user -> USERS.encode(UserId.parse(user.id()).value())));
  }

  private Answer one(Call call) {
    call.parameters().check();
    UserId id = UserId.parse(call.id());
    return Answer.json(
        200, database.inTenant(call.tenant(), tx -> users.one(tx, call.tenant(), id)));
  }

  /** A user to make, and the hash of its password; null for none. */
  private record Wanted(NewUser user, @Nullable String hash) {}

  private Answer create(Call call) {
    Supplier<Wanted> prepared = Idempotent.prepared(() -> read(call.body()));
    return idempotent.once(call, 201, tx -> create(tx, call, prepared.get())).answer();
  }

  private User create(Tx tx, Call call, Wanted wanted) {
    User made = users.create(tx, call.principal(), wanted.user);
    if (wanted.hash == null) {
      return made;
    }
    UserId id = UserId.parse(made.id());
    users.setPassword(tx, call.tenant(), id, wanted.hash, call.principal().id());
    return users.one(tx, call.tenant(), id);
  }

  private Wanted read(Body body) {
    FieldProblems problems = new FieldProblems();
    RequestFields fields = body.fields(problems, "email", "name", "role", "password");
    Optional<String> text = fields.requiredText("email", Email.LENGTH_MAX);
    Optional<String> email = text.flatMap(Email::of);
    if (text.isPresent() && email.isEmpty()) {
      fields.problem("email", "must be an e-mail address in ASCII");
    }
    Optional<String> name = fields.requiredText("name", NAME_LENGTH_MAX);
    fields.require("role");
    Optional<Role> role = fields.choice("role", ROLES).map(Role::of);
    Optional<String> password = fields.text("password", PASSWORD_LENGTH_MAX);
    problems.throwIfAny();
    NewUser user = new NewUser(email.orElseThrow(), name.orElseThrow(), role.orElseThrow());
    password.ifPresent(given -> Passwords.mustBeFit(given, user.email()));
    return new Wanted(user, password.map(passwords::hash).orElse(null));
  }

  private Answer change(Call call) {
    UserId id = UserId.parse(call.id());
    FieldProblems problems = new FieldProblems();
    RequestFields fields = call.body().fields(problems, "name", "role", "disabled");
    String name =
        fields.value("name").isPresent()
            ? fields.requiredText("name", NAME_LENGTH_MAX).orElse(null)
            : null;
    Role role = fields.choice("role", ROLES).map(Role::of).orElse(null);
    boolean named = fields.value("disabled").isPresent();
    boolean disabled = fields.flag("disabled");
    problems.throwIfAny();
    Change change = new Change(name, role, named ? disabled : null);
    return Answer.json(
        200,
        database.inTenant(call.tenant(), tx -> users.change(tx, call.principal(), id, change)));
  }

  /** Users are named in records for good, so that the end of one is that it is disabled. */
  private Answer disable(Call call) {
    call.parameters().check();
    UserId id = UserId.parse(call.id());
    database.inTenantDo(
        call.tenant(), tx -> users.change(tx, call.principal(), id, new Change(null, null, true)));
    return Answer.empty();
  }
}
