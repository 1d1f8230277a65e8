package io.agentos.server.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.TenantId;
import io.agentos.api.UserId;
import io.agentos.runtime.identity.Email;
import io.agentos.runtime.identity.Permission;
import io.agentos.runtime.identity.Principal;
import io.agentos.runtime.identity.Users;
import io.agentos.runtime.sessions.Sessions;
import io.agentos.runtime.sessions.Sessions.Begun;
import io.agentos.runtime.sessions.Sessions.Open;
import io.agentos.runtime.sessions.SignIn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The routes by which people come in and go. Thread-safe. */
final class SessionRoutes {
  private static final int LINK_LENGTH_MAX = 200;
  private static final Duration INVITATION_LIFE = Duration.ofHours(24);

  private final Sessions sessions;
  private final SignIn signIn;
  private final Users users;
  private final Idempotent idempotent;
  private final Cookies cookies;

  SessionRoutes(HttpServices services, Idempotent idempotent, Cookies cookies) {
    this.sessions = services.people().sessions();
    this.signIn = services.people().signIn();
    this.users = services.people().users();
    this.idempotent = idempotent;
    this.cookies = cookies;
  }

  /**
   * Who somebody is.
   *
   * @param scopes what it may do at all
   * @param session null for who calls with a key
   */
  record Who(
      String principal,
      String tenant,
      String name,
      String role,
      List<String> scopes,
      @Nullable String user,
      @Nullable Session session) {
    static Who of(Principal principal, @Nullable Session session) {
      List<String> scopes = new ArrayList<>();
      for (Permission permission : Permission.values()) {
        if (principal.may(permission)) {
          scopes.add(permission.scope());
        }
      }
      return new Who(
          principal.id(),
          principal.tenant().value(),
          principal.name(),
          principal.role().text(),
          scopes,
          principal.user().map(UserId::toString).orElse(null),
          session);
    }
  }

  /** What a page must know of its session. */
  record Session(Instant expiresAt, String csrfToken) {}

  /**
   * A link that signs a user in once.
   *
   * @param path null in a repeated answer: it is shown once and stored nowhere
   */
  record Invitation(@Nullable String path, Instant expiresAt) {}

  List<Route> routes() {
    Access known = new Access.Known();
    return List.of(
        new Route("POST", "/v1/session", new Access.SignsIn(), this::begin),
        new Route("GET", "/v1/session", known, this::who),
        new Route("DELETE", "/v1/session", known, this::end),
        new Route("PUT", "/v1/session/password", known, this::changePassword),
        new Route(
            "POST",
            "/v1/users/{id}/sign-in-link",
            new Access.Needs(Permission.USERS),
            this::invite));
  }

  private Answer begin(Call call) {
    FieldProblems problems = new FieldProblems();
    RequestFields fields =
        call.body().fields(problems, "tenant", "email", "password", "code", "link");
    Optional<String> link = fields.text("link", LINK_LENGTH_MAX);
    String tenant = fields.text("tenant", LINK_LENGTH_MAX).orElse(TenantId.DEFAULT.value());
    Optional<String> email = fields.text("email", Email.LENGTH_MAX);
    Optional<String> password = fields.text("password", UserRoutes.PASSWORD_LENGTH_MAX);
    String code = fields.text("code", LINK_LENGTH_MAX).orElse(null);
    if (link.isEmpty()) {
      fields.require("email");
      fields.require("password");
    } else if (email.isPresent() || password.isPresent()) {
      fields.problem("link", "stands alone, without email and password");
    }
    problems.throwIfAny();
    String address = call.caller().address();
    Begun begun =
        link.isPresent()
            ? signIn.withLink(link.get(), address)
            : signIn.withPassword(
                new SignIn.Claim(
                    tenant, email.orElseThrow(), password.orElseThrow(), code, address));
    if (!call.caller().secret().isEmpty()) {
      sessions.end(call.caller().secret());
    }
    return begun(201, begun);
  }

  private Answer begun(int status, Begun begun) {
    Session session = new Session(begun.expiresAt(), Origins.token(begun.secret()));
    return Answer.json(status, Who.of(begun.principal(), session))
        .with("Set-Cookie", cookies.set(Cookies.SESSION, begun.secret()));
  }

  private Answer who(Call call) {
    call.parameters().check();
    String secret = call.caller().secret();
    Session session =
        isSession(call)
            ? new Session(sessions.find(secret, false).expiresAt(), Origins.token(secret))
            : null;
    return Answer.json(200, Who.of(call.principal(), session));
  }

  private Answer end(Call call) {
    call.parameters().check();
    if (isSession(call)) {
      sessions.end(call.caller().secret());
    }
    return Answer.empty().with("Set-Cookie", cookies.cleared(Cookies.SESSION));
  }

  private Answer changePassword(Call call) {
    if (!isSession(call)) {
      throw new AgentOsException(
          ErrorCode.FORBIDDEN, "People change their password in a session, and not with a key.");
    }
    FieldProblems problems = new FieldProblems();
    RequestFields fields = call.body().fields(problems, "current_password", "password");
    Optional<String> current = fields.text("current_password", UserRoutes.PASSWORD_LENGTH_MAX);
    Optional<String> password = fields.requiredText("password", UserRoutes.PASSWORD_LENGTH_MAX);
    problems.throwIfAny();
    Open session = sessions.find(call.caller().secret(), false);
    return begun(200, signIn.changePassword(session, current.orElse(null), password.orElseThrow()));
  }

  private Answer invite(Call call) {
    UserId id = UserId.parse(call.id());
    FieldProblems problems = new FieldProblems();
    call.body().fieldsOrNone(problems);
    problems.throwIfAny();
    return idempotent.tellOnce(
        call,
        201,
        tx -> {
          users.mustBeWithin(tx, call.principal(), id);
          SignIn.Link link = signIn.link(tx, call.principal(), id, INVITATION_LIFE);
          return new Idempotent.ToldOnce(
              new Invitation(path(link), link.expiresAt()), new Invitation(null, link.expiresAt()));
        });
  }

  /** Where a link leads. */
  static String path(SignIn.Link link) {
    return "/sign-in?token=" + link.secret();
  }

  private static boolean isSession(Call call) {
    return Credentials.isSession(call.caller().secret());
  }
}
