package io.agentos.server.http;

import io.agentos.runtime.identity.Permission;
import io.agentos.runtime.secrets.SecretAllowance;
import io.agentos.runtime.secrets.SecretReference;
import io.agentos.runtime.secrets.SecretView;
import io.agentos.runtime.secrets.Secrets;
import io.agentos.runtime.store.Database;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** The routes of secrets: values come in, and never go out. Thread-safe. */
final class SecretRoutes {
  private static final Cursor<String> SECRETS =
      new Cursor<>(
          "secrets",
          text -> {
            if (!SecretReference.isName(text)) {
              throw new IllegalArgumentException("no name");
            }
            return text;
          });
  private static final int WORD_LENGTH_MAX = 200;

  private final Secrets secrets;
  private final Database database;
  private final Idempotent idempotent;

  SecretRoutes(HttpServices services, Idempotent idempotent) {
    this.secrets = services.secrets();
    this.database = services.database();
    this.idempotent = idempotent;
  }

  /** What a call sets; hides the value. */
  private record NewSecret(String name, String value, Secrets.About about) {
    @Override
    public String toString() {
      return name;
    }
  }

  private record NewValue(String value, Duration grace) {
    @Override
    public String toString() {
      return "a value";
    }
  }

  List<Route> routes() {
    Access read = new Access.Needs(Permission.READ);
    Access write = new Access.Needs(Permission.SECRETS);
    return List.of(
        new Route("GET", "/v1/secrets", read, this::list),
        new Route("POST", "/v1/secrets", write, this::create),
        new Route("GET", "/v1/secrets/{id}", read, this::show),
        new Route("PUT", "/v1/secrets/{id}", write, this::change),
        new Route("POST", "/v1/secrets/{id}/rotate", write, this::rotate),
        new Route("DELETE", "/v1/secrets/{id}", write, this::delete));
  }

  private Answer list(Call call) {
    QueryParameters query = call.parameters("limit", "cursor");
    int limit = query.limit();
    String after = query.cursor(SECRETS).orElse("");
    query.check();
    List<SecretView> found = secrets.list(call.tenant(), after, limit + 1);
    return Answer.json(
        200, Page.of(found, limit, view -> view, view -> SECRETS.encode(view.name())));
  }

  private Answer show(Call call) {
    call.parameters().check();
    return Answer.json(
        200, database.inTenant(call.tenant(), tx -> secrets.find(tx, call.tenant(), call.id())));
  }

  private Answer create(Call call) {
    Supplier<NewSecret> prepared = Idempotent.prepared(() -> newSecret(call.body()));
    String by = call.principal().id();
    return idempotent
        .once(
            call,
            fingerprint(call),
            201,
            tx -> {
              NewSecret wanted = prepared.get();
              secrets.create(tx, call.tenant(), wanted.name(), wanted.value(), wanted.about(), by);
              return secrets.find(tx, call.tenant(), wanted.name());
            })
        .answer();
  }

  private Answer rotate(Call call) {
    Supplier<NewValue> prepared = Idempotent.prepared(() -> newValue(call.body()));
    String by = call.principal().id();
    return idempotent
        .once(
            call,
            fingerprint(call),
            200,
            tx -> {
              NewValue wanted = prepared.get();
              secrets.rotate(tx, call.tenant(), call.id(), wanted.value(), wanted.grace(), by);
              return secrets.find(tx, call.tenant(), call.id());
            })
        .answer();
  }

  private Answer change(Call call) {
    FieldProblems problems = new FieldProblems();
    RequestFields fields =
        call.body().fields(problems, "description", "tools", "agents", "disabled");
    for (String name : List.of("description", "tools", "agents", "disabled")) {
      if (!fields.named(name)) {
        fields.problem(name, "is required; a secret is described anew as a whole");
      }
    }
    Secrets.About about = about(fields, problems, fields.flag("disabled"));
    return Answer.json(
        200,
        database.inTenant(
            call.tenant(),
            tx -> {
              secrets.change(tx, call.tenant(), call.id(), about, call.principal().id());
              return secrets.find(tx, call.tenant(), call.id());
            }));
  }

  private Answer delete(Call call) {
    call.parameters().check();
    database.inTenantDo(
        call.tenant(), tx -> secrets.delete(tx, call.tenant(), call.id(), call.principal().id()));
    return Answer.empty();
  }

  /** What an Idempotency-Key remembers of the body: no plain hash of a value to guess at. */
  private byte[] fingerprint(Call call) {
    return call.header("Idempotency-Key").isPresent()
        ? secrets.fingerprint(call.tenant(), call.body().sha256())
        : call.body().sha256();
  }

  private static NewSecret newSecret(Body body) {
    FieldProblems problems = new FieldProblems();
    RequestFields fields = body.fields(problems, "name", "value", "description", "tools", "agents");
    Optional<String> name = fields.requiredText("name", WORD_LENGTH_MAX);
    if (name.isPresent() && !SecretReference.isName(name.get())) {
      fields.problem("name", "must be 1 to 63 of a-z, 0-9 and '-', beginning with a letter");
    }
    String value = value(fields);
    Secrets.About about = about(fields, problems, false);
    return new NewSecret(name.orElseThrow(), value, about);
  }

  private static NewValue newValue(Body body) {
    FieldProblems problems = new FieldProblems();
    RequestFields fields = body.fields(problems, "value", "grace");
    String value = value(fields);
    Duration grace = grace(fields);
    problems.throwIfAny();
    return new NewValue(value, grace);
  }

  private static String value(RequestFields fields) {
    fields.require("value");
    Optional<String> value = fields.text("value", Secrets.VALUE_LENGTH_MAX);
    value.flatMap(Secrets::problem).ifPresent(problem -> fields.problem("value", problem));
    return value.orElse("");
  }

  private static Duration grace(RequestFields fields) {
    Optional<String> text = fields.text("grace", Times.LENGTH_MAX);
    if (text.isEmpty()) {
      return Secrets.GRACE_DEFAULT;
    }
    try {
      Duration grace = Duration.parse(text.get());
      if (!grace.isNegative() && grace.compareTo(Secrets.GRACE_MAX) <= 0) {
        return grace;
      }
    } catch (DateTimeException | ArithmeticException e) {
      // Told below.
    }
    fields.problem(
        "grace",
        "must be an ISO 8601 duration from PT0S to %s, such as PT24H".formatted(Secrets.GRACE_MAX));
    return Secrets.GRACE_DEFAULT;
  }

  private static Secrets.About about(
      RequestFields fields, FieldProblems problems, boolean disabled) {
    String description = fields.text("description", Secrets.DESCRIPTION_LENGTH_MAX).orElse("");
    List<String> tools = words(fields, "tools");
    List<String> agents = words(fields, "agents");
    problems.throwIfAny();
    return new Secrets.About(description, new SecretAllowance(tools, agents), disabled);
  }

  private static List<String> words(RequestFields fields, String name) {
    Optional<JsonNode> given = fields.value(name);
    List<String> words = new ArrayList<>();
    if (given.isEmpty()) {
      return words;
    }
    boolean fits = given.get().isArray() && given.get().size() <= SecretAllowance.MAX;
    if (fits) {
      for (JsonNode word : given.get()) {
        fits &= word.isString() && word.stringValue().length() <= WORD_LENGTH_MAX;
        words.add(fits ? word.stringValue() : "");
      }
    }
    if (!fits) {
      fields.problem(name, "must be at most %d names".formatted(SecretAllowance.MAX));
    }
    return fits ? words : List.of();
  }
}
