package io.agentos.runtime.retention;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.api.AuditEntry;
import io.agentos.api.ErrorCode;
import io.agentos.api.HoldId;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Row;
import io.agentos.runtime.store.Tx;
import io.agentos.runtime.vault.DataKeys;
import io.agentos.runtime.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Legal holds: what is held is neither pruned nor erased until somebody releases it and says why.
 * When {@link #place} has committed, everything that is still there stays: whoever destroys asks
 * {@link #mustBeFree} in its own transaction, and the two take turns.
 *
 * <p>Thread-safe.
 */
public final class Holds {
  public static final int TARGET_LENGTH_MAX = 500;
  public static final int REASON_LENGTH_MAX = 1_000;

  private final Database database;
  private final Vault vault;
  private final DataKeys keys;
  private final Audit audit;

  public Holds(Database database, Vault vault, DataKeys keys, Audit audit) {
    this.database = database;
    this.vault = vault;
    this.keys = keys;
    this.audit = audit;
  }

  /**
   * Places a hold; waits for deletions under way.
   *
   * @throws AgentOsException INVALID_REQUEST when the target does not fit the scope; NOT_FOUND for
   *     a task that is not there
   */
  public Hold place(Tx tx, TenantId tenant, Hold.Order order) {
    HoldId id = HoldId.next();
    tx.update(HoldsSql.GATE, tenant.value());
    var _ =
        tx.queryOne(HoldsSql.CLOSE, row -> row.longNumber("holds"), tenant.value()).orElseThrow();
    boolean subject = order.scope() == HoldScope.SUBJECT;
    tx.update(
        HoldsSql.PLACE,
        tenant.value(),
        id.value(),
        order.scope().text(),
        subject ? "" : checked(order),
        order.scope() == HoldScope.TASK ? task(tx, tenant, order.target()) : null,
        order.scope() == HoldScope.LABEL ? label(order.target()) : null,
        subject ? keys.toExtend(tx, tenant).subject(checked(order)) : null,
        subject ? vault.seal(tenant, place(id), bytes(order.target())) : null,
        order.reason(),
        order.by());
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("change", "hold.placed");
    facts.put("scope", order.scope().text());
    if (!subject) {
      facts.put("target", order.target());
    }
    facts.put("reason", order.reason());
    tell(tx, tenant, id, facts, order.by());
    return find(tx, tenant, id);
  }

  /**
   * Releases a hold.
   *
   * @throws AgentOsException NOT_FOUND; CONFLICT when it was released before
   */
  public Hold release(Tx tx, TenantId tenant, HoldId id, String reason, String by) {
    if (tx.update(HoldsSql.RELEASE, by, reason, tenant.value(), id.value()) == 0) {
      Hold hold = find(tx, tenant, id);
      throw new AgentOsException(
          ErrorCode.CONFLICT,
          "Hold %s was released by %s at %s.".formatted(id, hold.releasedBy(), hold.releasedAt()));
    }
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("change", "hold.released");
    facts.put("reason", reason);
    tell(tx, tenant, id, facts, by);
    return find(tx, tenant, id);
  }

  /** The hold with this id. */
  public Hold find(Tx tx, TenantId tenant, HoldId id) {
    return tx.queryOne(HoldsSql.FIND, row -> hold(tenant, row), tenant.value(), id.value())
        .orElseThrow(
            () -> new AgentOsException(ErrorCode.NOT_FOUND, "There is no hold " + id + "."));
  }

  /**
   * Holds older than {@code before}, newest first.
   *
   * @param active true for those in force, false for those released, null for all
   */
  public List<Hold> list(TenantId tenant, @Nullable Boolean active, UUID before, int limit) {
    return database.inTenant(
        tenant,
        tx ->
            tx.query(
                HoldsSql.LIST,
                row -> hold(tenant, row),
                tenant.value(),
                before,
                active,
                active,
                limit));
  }

  /**
   * The hold that covers a thing, if any. Until the transaction ends, no other is placed: what is
   * free now may be destroyed in it.
   */
  public Optional<HoldId> covers(Tx tx, TenantId tenant, Hold.Thing thing) {
    share(tx, tenant);
    return switch (thing) {
      case Hold.Thing.OfTask(UUID task) ->
          tx
              .query(
                  HoldsSql.OF_TASK,
                  row -> Optional.ofNullable(row.optionalUuid("hold_id")),
                  tenant.value(),
                  task)
              .stream()
              .flatMap(Optional::stream)
              .map(HoldId::new)
              .findFirst();
      case Hold.Thing.OfSubject(String name) -> {
        byte[] subject = keys.toExtend(tx, tenant).subject(name);
        yield tx.queryOne(
            HoldsSql.OF_SUBJECT,
            row -> new HoldId(row.uuid("hold_id")),
            tenant.value(),
            subject,
            tenant.value(),
            subject);
      }
    };
  }

  /**
   * Refuses to go on when a hold covers a thing.
   *
   * @throws AgentOsException CONFLICT
   */
  public void mustBeFree(Tx tx, TenantId tenant, Hold.Thing thing) {
    covers(tx, tenant, thing)
        .ifPresent(hold -> {
          throw new AgentOsException(
              ErrorCode.CONFLICT,
              "Hold %s keeps it; release the hold, or wait until somebody does.".formatted(hold));
        });
  }

  /** The rules of a tenant, which stay, like its holds, until the transaction ends. */
  static RetentionRules share(Tx tx, TenantId tenant) {
    tx.update(HoldsSql.GATE, tenant.value());
    return tx.queryOne(HoldsSql.SHARE, RetentionRules::of, tenant.value()).orElseThrow();
  }

  private Hold hold(TenantId tenant, Row row) {
    HoldId id = new HoldId(row.uuid("hold_id"));
    byte[] sealed = row.optionalBytes("sealed_target");
    return new Hold(
        id.toString(),
        row.text("scope"),
        sealed == null
            ? row.text("target")
            : new String(vault.open(tenant, place(id), sealed), StandardCharsets.UTF_8),
        row.text("reason"),
        row.text("placed_by"),
        row.instant("placed_at"),
        row.optionalText("released_by"),
        row.optionalInstant("released_at"),
        row.optionalText("release_reason"));
  }

  private void tell(Tx tx, TenantId tenant, HoldId id, Map<String, String> facts, String by) {
    audit.append(tx, List.of(new AuditEntry(tenant, "config.changed", by, id.toString(), facts)));
  }

  /** The target of an order, in the shape of its scope. */
  private static String checked(Hold.Order order) {
    String target = order.target();
    boolean fits =
        switch (order.scope()) {
          case TENANT -> target.isEmpty();
          case TASK -> target.startsWith("task_");
          case AGENT -> isAgent(target);
          case LABEL -> target.indexOf('=') > 0;
          case SUBJECT -> !target.isBlank();
        };
    if (!fits || target.length() > TARGET_LENGTH_MAX) {
      String wanted =
          switch (order.scope()) {
            case TENANT -> "be absent for the scope 'tenant', which is your own";
            case TASK -> "be the id of a task, task_…";
            case AGENT -> "be PACK.AGENT, such as sales.clerk";
            case LABEL -> "be KEY=VALUE, such as matter=4711";
            case SUBJECT -> "be the subject as requests name it";
          };
      throw AgentOsException.ofFields(
          ErrorCode.INVALID_REQUEST,
          "The request is not valid: target must %s.".formatted(wanted),
          List.of(new AgentOsException.FieldError("target", "must " + wanted)));
    }
    return target;
  }

  private static boolean isAgent(String target) {
    int dot = target.indexOf('.');
    return dot > 0
        && AgentId.isName(target.substring(0, dot))
        && AgentId.isName(target.substring(dot + 1));
  }

  private static UUID task(Tx tx, TenantId tenant, String target) {
    TaskId task = TaskId.parse(target);
    if (tx.query(HoldsSql.OF_TASK, row -> true, tenant.value(), task.value()).isEmpty()) {
      throw new AgentOsException(ErrorCode.NOT_FOUND, "There is no task " + task + ".");
    }
    return task.value();
  }

  private static String label(String target) {
    int equals = target.indexOf('=');
    return Json.write(Map.of(target.substring(0, equals), target.substring(equals + 1)));
  }

  private static String place(HoldId id) {
    return "hold:" + Objects.requireNonNull(id);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
