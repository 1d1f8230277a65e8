package io.agentos.server.http;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.api.AuditEntry;
import io.agentos.api.ErrorCode;
import io.agentos.api.TenantId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.identity.Permission;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.privacy.Privacy;
import io.agentos.runtime.privacy.PrivacyRules;
import io.agentos.runtime.redaction.Counts;
import io.agentos.runtime.redaction.Marks;
import io.agentos.runtime.redaction.Transform;
import io.agentos.runtime.store.Database;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The routes of privacy rules. Thread-safe. */
final class PrivacyRoutes {
  private static final String RULES = "rules";
  private static final String VERSION = "version";
  private static final int TEXT_LENGTH_MAX = 100_000;

  /** Who a sample is redacted for when nobody says: an agent of no exception. */
  private static final AgentId ANY = new AgentId("any", "agent");

  private final Privacy privacy;
  private final Database database;
  private final Audit audit;

  PrivacyRoutes(HttpServices services) {
    this.privacy = services.privacy();
    this.database = services.database();
    this.audit = services.audit();
  }

  /** What is done with one kind, and whether a rule of the tenant says so. */
  record KindView(
      String kind, String sensitivity, String transform, boolean byRule, String transformDefault) {}

  /** What the tenant itself says, and what is in force for each kind. */
  record View(long version, Map<String, Object> rules, List<KindView> kinds) {
    View {
      rules = Collections.unmodifiableMap(new LinkedHashMap<>(rules));
      kinds = List.copyOf(kinds);
    }

    static View of(Privacy.Current current) {
      List<KindView> kinds = new ArrayList<>();
      PrivacyRules.DEFAULTS.forEach((kind, byDefault) -> {
        Transform rule = current.rules().kinds().get(kind);
        kinds.add(
            new KindView(
                Marks.name(kind),
                kind.sensitivity().name(),
                name(rule == null ? byDefault : rule),
                rule != null,
                name(byDefault)));
      });
      return new View(current.version(), current.rules().toJson(), kinds);
    }

    private static String name(Transform transform) {
      return transform.name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What would be sent.
   *
   * @param text null when the rules block it
   * @param blocked why nothing would be sent, or null
   */
  record Sample(@Nullable String text, @Nullable String blocked, Map<String, Object> counts) {
    Sample {
      counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    }
  }

  List<Route> routes() {
    Access change = new Access.Needs(Permission.PRIVACY);
    return List.of(
        new Route("GET", "/v1/privacy", new Access.Needs(Permission.READ), this::show),
        new Route("PUT", "/v1/privacy", change, this::replace),
        new Route("POST", "/v1/privacy/test", change, this::test));
  }

  private Answer show(Call call) {
    call.parameters().check();
    return Answer.json(200, View.of(privacy.current(call.tenant())));
  }

  private Answer replace(Call call) {
    FieldProblems problems = new FieldProblems();
    RequestFields fields = call.body().fields(problems, RULES, VERSION);
    fields.require(RULES);
    fields.require(VERSION);
    long version = fields.whole(VERSION, 1, Long.MAX_VALUE).orElse(0L);
    PrivacyRules rules = rules(fields, problems);
    TenantId tenant = call.tenant();
    Privacy.Change change =
        database.inTenant(
            tenant,
            tx -> {
              Privacy.Change made = privacy.set(tx, tenant, rules, version);
              audit.append(
                  tx,
                  List.of(
                      new AuditEntry(
                          tenant,
                          "config.changed",
                          call.principal().id(),
                          "privacy",
                          facts(made))));
              return made;
            });
    return Answer.json(200, View.of(change.after()));
  }

  /** Digests under a key of the tenant, and counts: no word and no pattern. */
  private static Map<String, String> facts(Privacy.Change change) {
    PrivacyRules rules = change.after().rules();
    Map<String, String> facts = new TreeMap<>();
    facts.put("what", "privacy");
    facts.put("from", change.before().digest());
    facts.put("to", change.after().digest());
    facts.put(VERSION, String.valueOf(change.after().version()));
    facts.put("kinds", String.valueOf(rules.kinds().size()));
    facts.put("agents", String.valueOf(rules.agents().size()));
    facts.put("patterns", String.valueOf(rules.patterns().size()));
    facts.put("words", String.valueOf(rules.words().size()));
    return facts;
  }

  private static PrivacyRules rules(RequestFields fields, FieldProblems problems) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : fields.members(RULES).entrySet()) {
      json.put(member.getKey(), Json.plain(member.getValue()));
    }
    problems.throwIfAny();
    try {
      return PrivacyRules.read(json);
    } catch (AgentOsException e) {
      throw AgentOsException.ofFields(
          e.code(), e.detail(), e.fieldErrors().stream().map(PrivacyRoutes::within).toList());
    }
  }

  private static AgentOsException.FieldError within(AgentOsException.FieldError error) {
    String path = error.path().isEmpty() ? RULES : RequestFields.member(RULES, error.path());
    return new AgentOsException.FieldError(path, error.message());
  }

  /** Not by key: what is tried out here is stored nowhere, not even for a second call. */
  private Answer test(Call call) {
    FieldProblems problems = new FieldProblems();
    RequestFields fields = call.body().fields(problems, "text", "agent");
    fields.require("text");
    String text = fields.text("text", TEXT_LENGTH_MAX).orElse("");
    AgentId agent = fields.text("agent", 127).map(name -> agent(name, fields)).orElse(ANY);
    problems.throwIfAny();
    Counts counts = new Counts();
    try {
      String redacted = privacy.sample(call.tenant(), agent, text, counts);
      return Answer.json(200, new Sample(redacted, null, counts.byName()));
    } catch (AgentOsException e) {
      if (e.code() == ErrorCode.REDACTION_FAILED) {
        return Answer.json(200, new Sample(null, e.detail(), counts.byName()));
      }
      throw e;
    }
  }

  private static AgentId agent(String name, RequestFields fields) {
    try {
      return AgentId.parse(name);
    } catch (AgentOsException e) {
      fields.problem("agent", "must be PACK.AGENT");
      return ANY;
    }
  }
}
