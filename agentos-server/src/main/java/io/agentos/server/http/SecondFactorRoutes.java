package io.agentos.server.http;

import io.agentos.api.UserId;
import io.agentos.runtime.identity.Permission;
import io.agentos.runtime.identity.Users;
import io.agentos.runtime.sessions.SecondFactors;
import io.agentos.runtime.store.Database;
import java.util.List;
import java.util.Optional;

/** The routes of second factors. Thread-safe. */
final class SecondFactorRoutes {
  private static final int CODE_LENGTH_MAX = 64;

  private final Database database;
  private final SecondFactors factors;
  private final Users users;
  private final Codes codes;

  SecondFactorRoutes(HttpServices services) {
    this.database = services.database();
    this.factors = services.people().factors();
    this.users = services.people().users();
    this.codes = new Codes(services, false);
  }

  /** Codes for the day the app is lost. */
  record Recovery(List<String> recoveryCodes) {}

  List<Route> routes() {
    Access known = new Access.Known();
    return List.of(
        new Route("POST", "/v1/session/second-factor", known, this::begin),
        new Route("PUT", "/v1/session/second-factor", known, this::confirm),
        new Route("DELETE", "/v1/session/second-factor", known, this::remove),
        new Route(
            "DELETE",
            "/v1/users/{id}/second-factor",
            new Access.Needs(Permission.USERS),
            this::removeOf));
  }

  private Answer begin(Call call) {
    FieldProblems problems = new FieldProblems();
    call.body().fieldsOrNone(problems);
    problems.throwIfAny();
    return Answer.json(201, factors.begin(call.principal()));
  }

  private Answer confirm(Call call) {
    FieldProblems problems = new FieldProblems();
    Optional<String> code =
        call.body().fields(problems, "code").requiredText("code", CODE_LENGTH_MAX);
    problems.throwIfAny();
    return Answer.json(200, new Recovery(factors.confirm(call.principal(), code.orElseThrow())));
  }

  private Answer remove(Call call) {
    call.parameters().check();
    SecondFactors.Check check = codes.check(call);
    database.inTenantDo(
        call.tenant(),
        tx -> {
          check.pass(tx);
          factors.remove(tx, call.principal());
        });
    check.passed();
    return Answer.empty();
  }

  /** Who has one oneself, needs its code to take away another's. */
  private Answer removeOf(Call call) {
    call.parameters().check();
    UserId id = UserId.parse(call.id());
    SecondFactors.Check check = codes.check(call);
    database.inTenantDo(
        call.tenant(),
        tx -> {
          users.mustBeWithin(tx, call.principal(), id);
          check.pass(tx);
          factors.remove(tx, call.principal(), id);
        });
    check.passed();
    return Answer.empty();
  }
}
