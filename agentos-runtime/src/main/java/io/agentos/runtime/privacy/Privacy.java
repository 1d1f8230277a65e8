package io.agentos.runtime.privacy;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.Message;
import io.agentos.api.ModelRequest;
import io.agentos.api.Part;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.api.ToolCall;
import io.agentos.api.ToolSpec;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.redaction.Counts;
import io.agentos.runtime.redaction.KnownValues;
import io.agentos.runtime.redaction.Redactor;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Tx;
import io.agentos.runtime.vault.Vault;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps back from providers what the tenants' rules name. Each call asks the database whether the
 * rules changed, so what any node changes holds for the next call on every node.
 *
 * <p>Thread-safe.
 */
public final class Privacy {
  private static final String PLACE = "privacy:key";
  private static final int KEY_BYTES = 32;
  private static final int TENANTS_MAX = 10_000;

  private final @Nullable Database database;
  private final @Nullable Vault vault;
  private final Function<TenantId, KnownValues> secrets;
  private final InForce alone = inForce(1, PrivacyRules.NONE, newKey());
  private final Map<TenantId, InForce> known = new ConcurrentHashMap<>();

  /**
   * @param secrets what is secret of a tenant wherever it stands; asked at each call
   */
  public Privacy(Database database, Vault vault, Function<TenantId, KnownValues> secrets) {
    this(secrets, database, vault);
  }

  private Privacy(
      Function<TenantId, KnownValues> secrets, @Nullable Database database, @Nullable Vault vault) {
    this.secrets = secrets;
    this.database = database;
    this.vault = vault;
  }

  /** With the defaults for everybody, and tokens that hold for this process. */
  public static Privacy ofDefaults() {
    return new Privacy(_ -> KnownValues.NONE, null, null);
  }

  private record InForce(
      long revision, PrivacyRules rules, PrivacyRules.Vocabulary vocabulary, Tokens.Key key) {
    Current current() {
      String text = "rules\n" + Json.write(rules.toJson());
      return new Current(revision, rules, key.digest(text, KEY_BYTES));
    }
  }

  /**
   * A request as it may be sent.
   *
   * @throws AgentOsException REDACTION_FAILED when the rules block it, or when they cannot be
   *     applied: then nothing may be sent
   */
  public Concealed conceal(AgentId agent, ModelRequest request) {
    try {
      InForce inForce = inForce(request.key().tenant());
      Tokens tokens = new Tokens(inForce.key(), request.key().task());
      Redactor redactor =
          new Redactor(
              inForce.rules().of(agent, inForce.vocabulary()),
              secrets.apply(request.key().tenant()),
              tokens);
      Counts counts = new Counts();
      return new Concealed(
          concealed(request, text -> redactor.redact(text, counts)), tokens, counts);
    } catch (AgentOsException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      throw new AgentOsException(
          ErrorCode.REDACTION_FAILED,
          "The privacy rules could not be applied to %s (%s), so nothing was sent."
              .formatted(request.key().name(), e.getClass().getSimpleName()),
          e);
    }
  }

  /**
   * The rules of a tenant.
   *
   * @param version from 1; each change makes another
   * @param digest of the rules under a key of the tenant: the same for the same rules
   */
  public record Current(long version, PrivacyRules rules, String digest) {}

  /** The rules of a tenant. */
  public Current current(TenantId tenant) {
    return inForce(tenant).current();
  }

  /** The text as a provider would get it from this agent, with tokens of no task. */
  public String sample(TenantId tenant, AgentId agent, String text, Counts counts) {
    InForce inForce = inForce(tenant);
    return new Redactor(
            inForce.rules().of(agent, inForce.vocabulary()),
            secrets.apply(tenant),
            new Tokens(inForce.key(), TaskId.next()))
        .redact(text, counts);
  }

  /** What was in force, and what is. */
  public record Change(Current before, Current after) {}

  /**
   * Replaces the rules of a tenant; to be called in a transaction of that tenant.
   *
   * @throws AgentOsException DIGEST_MISMATCH when another version than {@code expected} is in force
   */
  public Change set(Tx tx, TenantId tenant, PrivacyRules rules, long expected) {
    Current before = find(tx, tenant).current();
    int changed = 0;
    if (before.version() == expected) {
      changed = tx.update(PrivacySql.SET, Json.write(rules.toJson()), tenant.value(), expected);
    }
    if (changed == 0) {
      throw new AgentOsException(
          ErrorCode.DIGEST_MISMATCH,
          "The privacy rules are not those of version %d any more; look at them and change them again."
              .formatted(expected));
    }
    return new Change(before, find(tx, tenant).current());
  }

  private InForce inForce(TenantId tenant) {
    if (database == null) {
      return alone;
    }
    InForce before = known.get(tenant);
    InForce found =
        database.inTenant(
            tenant,
            tx -> before != null && isNewest(tx, tenant, before) ? before : find(tx, tenant));
    if (known.size() >= TENANTS_MAX) {
      known.clear();
    }
    known.put(tenant, found);
    return found;
  }

  private static boolean isNewest(Tx tx, TenantId tenant, InForce before) {
    return tx.queryOne(PrivacySql.REVISION, row -> row.longNumber("revision"), tenant.value())
        .filter(revision -> revision == before.revision())
        .isPresent();
  }

  private InForce find(Tx tx, TenantId tenant) {
    Vault opened = vault;
    if (opened == null) {
      return alone;
    }
    Optional<InForce> found = stored(tx, tenant, opened);
    if (found.isPresent()) {
      return found.get();
    }
    tx.update(
        PrivacySql.BEGIN,
        tenant.value(),
        Json.write(Map.of()),
        opened.seal(tenant, PLACE, newKey()));
    return stored(tx, tenant, opened).orElseThrow();
  }

  private Optional<InForce> stored(Tx tx, TenantId tenant, Vault opened) {
    return tx.queryOne(
        PrivacySql.FIND,
        row ->
            inForce(
                row.longNumber("revision"),
                PrivacyRules.parse(row.text("rules")),
                opened.open(tenant, PLACE, row.bytes("sealed_key"))),
        tenant.value());
  }

  private static InForce inForce(long revision, PrivacyRules rules, byte[] key) {
    return new InForce(revision, rules, rules.vocabulary(), new Tokens.Key(key));
  }

  private static byte[] newKey() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return key;
  }

  private static ModelRequest concealed(ModelRequest request, UnaryOperator<String> redact) {
    return new ModelRequest(
        request.key(),
        request.model(),
        redact.apply(request.system()),
        request.messages().stream().map(message -> concealed(message, redact)).toList(),
        request.tools().stream().map(tool -> concealed(tool, redact)).toList(),
        request.outputTokensMax(),
        request.options());
  }

  private static Message concealed(Message message, UnaryOperator<String> redact) {
    return switch (message) {
      case Message.User(String text, var images) -> new Message.User(redact.apply(text), images);
      case Message.Assistant(List<Part> parts, String provider) ->
          new Message.Assistant(
              parts.stream().map(part -> concealed(part, redact)).toList(), provider);
      case Message.ToolAnswer(String id, String tool, String text, boolean failed) ->
          new Message.ToolAnswer(id, tool, redact.apply(text), failed);
    };
  }

  private static Part concealed(Part part, UnaryOperator<String> redact) {
    return switch (part) {
      case Part.Text(String text, String seal) -> new Part.Text(redact.apply(text), seal);
      case Part.Thought(String text, String seal) -> new Part.Thought(redact.apply(text), seal);
      case Part.Call(ToolCall call, String seal) ->
          new Part.Call(
              new ToolCall(call.id(), call.tool(), Values.members(call.arguments(), redact)), seal);
    };
  }

  /** A description and a schema are words for the model too; a schema's patterns are not. */
  private static ToolSpec concealed(ToolSpec tool, UnaryOperator<String> redact) {
    return new ToolSpec(
        tool.name(),
        redact.apply(tool.description()),
        schema(tool.inputSchema(), redact),
        tool.effect(),
        tool.zone(),
        tool.timeout(),
        tool.costUsdMicros());
  }

  private static Map<String, Object> schema(Map<?, ?> schema, UnaryOperator<String> redact) {
    Map<String, Object> concealed = new LinkedHashMap<>();
    schema.forEach((name, value) -> concealed.put(String.valueOf(name), value));
    concealed.replaceAll((name, value) -> {
      if (value instanceof Map<?, ?> map) {
        return schema(map, redact);
      }
      if (value instanceof List<?> list && !name.equals("required")) {
        return Values.list(list, redact);
      }
      boolean words = !name.equals("pattern") && !name.equals("$ref");
      return value instanceof String text && words ? redact.apply(text) : value;
    });
    return Collections.unmodifiableMap(concealed);
  }
}
