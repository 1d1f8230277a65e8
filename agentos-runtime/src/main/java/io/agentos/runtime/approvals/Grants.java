package io.agentos.runtime.approvals;

import io.agentos.api.AgentOsException;
import io.agentos.api.AuditEntry;
import io.agentos.api.ErrorCode;
import io.agentos.api.GrantId;
import io.agentos.api.TenantId;
import io.agentos.api.Zone;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.identity.Role;
import io.agentos.runtime.json.CanonicalJson;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Row;
import io.agentos.runtime.store.Tx;
import io.agentos.runtime.store.Write;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Standing grants: what a person has said yes to beforehand, for so many calls within bounds until
 * a time. A grant is one person's word: it answers no question that needs two, none of a role the
 * granter has not, none of the granter's own tasks, and none in zone red unless an admin said so.
 *
 * <p>Thread-safe.
 */
public final class Grants {
  private static final int STANDING_MAX = 1_000;

  private final Database database;
  private final Audit audit;

  public Grants(Database database, Audit audit) {
    this.database = database;
    this.audit = audit;
  }

  /**
   * Grants.
   *
   * @throws AgentOsException FORBIDDEN for agents, for roles that may not decide, and for red by
   *     another than an admin; INVALID_REQUEST when it has expired already
   */
  public Grant create(Tx tx, TenantId tenant, Grant.Terms terms, Voter by) {
    mustDecide(by);
    if (terms.red() && by.role() != Role.ADMIN) {
      throw new AgentOsException(
          ErrorCode.FORBIDDEN,
          "Only an admin grants what acts in zone red; role '%s' may not."
              .formatted(by.role().text()));
    }
    GrantId id = GrantId.next();
    tx.update(
        GrantsSql.CREATE,
        tenant.value(),
        id.value(),
        terms.tool(),
        terms.agent(),
        Json.write(terms.bounds()),
        terms.red(),
        terms.countMax(),
        terms.expiresAt(),
        terms.reason(),
        by.id(),
        by.role().text());
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("tool", terms.tool());
    facts.put("agent", terms.agent());
    facts.put("bounds_digest", CanonicalJson.sha256(Json.write(terms.bounds())));
    facts.put("red", String.valueOf(terms.red()));
    facts.put("count_max", String.valueOf(terms.countMax()));
    facts.put("expires_at", terms.expiresAt().toString());
    facts.put("reason", terms.reason());
    audit.append(
        tx, List.of(new AuditEntry(tenant, "approval.granted", by.id(), id.toString(), facts)));
    return one(tx, tenant, id);
  }

  /** Ends a grant; what it has answered and what has not begun by then does not run either. */
  public Grant revoke(Tx tx, TenantId tenant, GrantId id, Voter by) {
    mustDecide(by);
    one(tx, tenant, id);
    if (tx.update(GrantsSql.REVOKE, by.id(), tenant.value(), id.value()) == 1) {
      audit.append(
          tx,
          List.of(
              new AuditEntry(tenant, "approval.grant_revoked", by.id(), id.toString(), Map.of())));
    }
    return one(tx, tenant, id);
  }

  /** Grants older than {@code before}, newest first, the ended ones too. */
  public List<Grant> list(TenantId tenant, UUID before, int limit) {
    return database.inTenant(
        tenant, tx -> tx.query(GrantsSql.LIST, Grants::read, tenant.value(), before, limit));
  }

  /** The grant that answers a question; empty when people must. */
  Optional<Grant> covering(Question question) {
    if (question.quorum().approvers() > 1) {
      return Optional.empty();
    }
    String tenant = question.request().tenant().value();
    List<String> roles = question.quorum().roles();
    return database
        .inTenant(
            question.request().tenant(),
            tx ->
                tx.query(
                    GrantsSql.STANDING,
                    Grants::read,
                    tenant,
                    question.request().task().value(),
                    tenant,
                    question.zone() == Zone.RED,
                    STANDING_MAX))
        .stream()
        .filter(grant -> roles.isEmpty() || roles.contains(grant.role()))
        .filter(grant -> grant.terms().covers(question))
        .findFirst();
  }

  /** What must hold for a grant to answer one question more. */
  static Write use(TenantId tenant, String grant) {
    return Write.one(GrantsSql.USE, tenant.value(), GrantId.parse(grant).value());
  }

  private static Grant one(Tx tx, TenantId tenant, GrantId id) {
    return tx.queryOne(GrantsSql.ONE, Grants::read, tenant.value(), id.value())
        .orElseThrow(
            () -> new AgentOsException(ErrorCode.NOT_FOUND, "There is no grant " + id + "."));
  }

  private static void mustDecide(Voter by) {
    if (!by.mayDecide()) {
      throw new AgentOsException(
          ErrorCode.FORBIDDEN,
          "%s may not grant: only people with a role that includes 'decide' may."
              .formatted(by.id()));
    }
  }

  private static Grant read(Row row) {
    return new Grant(
        new GrantId(row.uuid("grant_id")).toString(),
        new Grant.Terms(
            row.text("tool"),
            row.text("agent"),
            Arrays.asList(Json.read(row.text("bounds"), GrantBound[].class)),
            row.flag("red"),
            row.number("count_max"),
            row.instant("expires_at"),
            row.text("reason")),
        row.number("used"),
        row.text("granted_by"),
        row.text("role"),
        row.instant("created_at"),
        row.optionalText("revoked_by"),
        row.optionalInstant("revoked_at"));
  }
}
