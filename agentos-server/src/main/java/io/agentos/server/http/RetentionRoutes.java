package io.agentos.server.http;

import io.agentos.runtime.identity.Permission;
import io.agentos.runtime.retention.Retention;
import io.agentos.runtime.store.Database;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The routes of retention rules. Thread-safe. */
final class RetentionRoutes {
  private static final Pattern DAYS = Pattern.compile("P([0-9]{1,5})D");
  private static final String RULES = "rules";

  private final Retention retention;
  private final Database database;

  RetentionRoutes(HttpServices services) {
    this.retention = services.retention();
    this.database = services.database();
  }

  /** One kind; a time that is null is for ever. */
  record KindView(
      String kind,
      @Nullable String keep,
      boolean byRule,
      @Nullable String keepDefault,
      String keepMin) {}

  /** The rules in force. */
  record View(
      List<KindView> kinds,
      long revision,
      @Nullable String changedBy,
      @Nullable Instant changedAt) {
    static View of(Retention.View view) {
      return new View(
          view.kinds().stream()
              .map(kept ->
                  new KindView(
                      kept.kind(),
                      text(kept.days()),
                      kept.byRule(),
                      text(kept.daysDefault()),
                      "P%dD".formatted(kept.daysMin())))
              .toList(),
          view.revision(),
          view.changedBy(),
          view.changedAt());
    }
  }

  /** What a sweep would delete now. */
  record DoomedView(String kind, @Nullable String keep, int rows, boolean atLeast) {}

  /** A preview; nothing was deleted. */
  record Preview(List<DoomedView> data) {}

  List<Route> routes() {
    Access write = new Access.Needs(Permission.PRIVACY);
    return List.of(
        new Route("GET", "/v1/retention", new Access.Needs(Permission.READ), this::show),
        new Route("PUT", "/v1/retention", write, this::set),
        new Route("POST", "/v1/retention/preview", write, this::preview));
  }

  private Answer show(Call call) {
    call.parameters().check();
    return Answer.json(
        200, View.of(database.inTenant(call.tenant(), tx -> retention.view(tx, call.tenant()))));
  }

  private Answer set(Call call) {
    FieldProblems problems = new FieldProblems();
    RequestFields fields = call.body().fields(problems, RULES);
    fields.require(RULES);
    Map<String, @Nullable Integer> rules = rules(fields, problems);
    return Answer.json(
        200,
        View.of(
            database.inTenant(
                call.tenant(),
                tx -> retention.set(tx, call.tenant(), rules, call.principal().id()))));
  }

  /** By the rules in the body, or by those in force where it has none. */
  private Answer preview(Call call) {
    FieldProblems problems = new FieldProblems();
    RequestFields fields = call.body().fieldsOrNone(problems, RULES);
    boolean given = fields.value(RULES).isPresent();
    Map<String, @Nullable Integer> rules = rules(fields, problems);
    List<DoomedView> doomed =
        retention.preview(call.tenant(), given ? rules : retention.rules(call.tenant())).stream()
            .map(one ->
                new DoomedView(
                    one.kind(), text(one.days()), one.rows(), one.rows() == Retention.PREVIEW_MAX))
            .toList();
    return Answer.json(200, new Preview(doomed));
  }

  private Map<String, @Nullable Integer> rules(RequestFields fields, FieldProblems problems) {
    Map<String, @Nullable Integer> rules = new LinkedHashMap<>();
    Map<String, JsonNode> members = fields.members(RULES);
    List<String> kinds = retention.kinds();
    members.forEach((kind, value) -> {
      String place = FieldProblems.shortened(kind);
      if (!kinds.contains(kind)) {
        fields.problem(RULES + "." + place, FieldProblems.unknown(place, kinds));
      } else if (value.isNull()) {
        rules.put(kind, null);
      } else {
        Matcher days = DAYS.matcher(value.isString() ? value.stringValue() : "");
        if (days.matches()) {
          rules.put(kind, Integer.parseInt(days.group(1)));
        } else {
          fields.problem(RULES + "." + kind, "must be days such as P90D, or null for ever");
        }
      }
    });
    problems.throwIfAny();
    return rules;
  }

  private static @Nullable String text(@Nullable Integer days) {
    return days == null ? null : "P%dD".formatted(days);
  }
}
