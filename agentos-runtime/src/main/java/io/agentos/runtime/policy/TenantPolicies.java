package io.agentos.runtime.policy;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.TenantId;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.policy.PolicyLoader.Text;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Tx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The policies in force for each tenant: those of the installation and those it adds. What another
 * node changes is seen within half a second.
 *
 * <p>Thread-safe.
 */
final class TenantPolicies {
  /** How many documents a tenant may add. */
  static final int DOCUMENTS_MAX = 50;

  private static final long LOOK_NANOS = Duration.ofMillis(500).toNanos();
  private static final int TENANTS_MAX = 10_000;

  private final @Nullable Database database;
  private final List<Policy> installed;
  private final PolicyEngine alone;
  private final Map<TenantId, InForce> known = new ConcurrentHashMap<>();

  TenantPolicies(@Nullable Database database, List<Policy> installed) {
    this.database = database;
    this.installed = List.copyOf(installed);
    this.alone = new PolicyEngine(installed);
  }

  /** What is in force, and when that was looked at. */
  private record InForce(long revision, PolicyEngine engine, long lookedAt) {}

  private record Overlay(long revision, List<String> documents) {
    static final Overlay NONE = new Overlay(0, List.of());
  }

  PolicyEngine engine(TenantId tenant) {
    InForce inForce = known.get(tenant);
    long now = System.nanoTime();
    if (inForce != null && now - inForce.lookedAt() < LOOK_NANOS) {
      return inForce.engine();
    }
    return database == null ? alone : database.inTenant(tenant, tx -> look(tx, tenant)).engine();
  }

  private InForce look(Tx tx, TenantId tenant) {
    long now = System.nanoTime();
    InForce before = known.get(tenant);
    long revision =
        tx.queryOne(PolicySql.REVISION, row -> row.longNumber("revision"), tenant.value())
            .orElse(0L);
    InForce inForce;
    if (before != null && before.revision() == revision) {
      inForce = new InForce(revision, before.engine(), now);
    } else {
      Overlay overlay = overlay(tx, tenant);
      inForce = new InForce(overlay.revision(), engine(overlay.documents()), now);
    }
    if (known.size() >= TENANTS_MAX) {
      known.clear();
    }
    known.put(tenant, inForce);
    return inForce;
  }

  /** The documents that a tenant adds. */
  List<String> documents(TenantId tenant) {
    return database == null
        ? List.of()
        : database.inTenant(tenant, tx -> overlay(tx, tenant)).documents();
  }

  /** The engine that would be, had the tenant these documents. */
  PolicyEngine engine(List<String> documents) {
    if (documents.isEmpty()) {
      return alone;
    }
    List<Text> texts = new ArrayList<>();
    for (int i = 0; i < documents.size(); i++) {
      texts.add(new Text("documents[%d]".formatted(i), documents.get(i)));
    }
    List<Policy> all = new ArrayList<>(installed);
    all.addAll(PolicyLoader.read(texts, Layer.TENANT, ""));
    return new PolicyEngine(all);
  }

  /**
   * Replaces the documents of a tenant.
   *
   * @return what was in force, and what is
   * @throws AgentOsException DIGEST_MISMATCH when another version than {@code expected} is in
   *     force; INVALID_DEFINITION when the documents are wrong
   */
  Policies.Change replace(Tx tx, TenantId tenant, List<String> documents, String expected) {
    PolicyEngine after = engine(documents);
    Overlay overlay = overlay(tx, tenant);
    PolicyEngine before = engine(overlay.documents());
    if (!before.version().equals(expected)) {
      throw changed(expected, before.version());
    }
    String body = Json.write(documents);
    int written =
        overlay.revision() == 0
            ? tx.update(PolicySql.REPLACE_FIRST, tenant.value(), body)
            : tx.update(PolicySql.REPLACE, body, tenant.value(), overlay.revision());
    if (written != 1) {
      throw changed(expected, "a newer one");
    }
    return new Policies.Change(before.version(), after.version());
  }

  /** Looks again at the next question, for this node has changed something. */
  void forget(TenantId tenant) {
    known.remove(tenant);
  }

  private static AgentOsException changed(String expected, String found) {
    return new AgentOsException(
        ErrorCode.DIGEST_MISMATCH,
        "Version %s was to be replaced; %s is in force. Read the policies again."
            .formatted(expected, found));
  }

  private static Overlay overlay(Tx tx, TenantId tenant) {
    Optional<Overlay> found =
        tx.queryOne(
            PolicySql.OVERLAY,
            row ->
                new Overlay(
                    row.longNumber("revision"),
                    List.of(Json.read(row.text("documents"), String[].class))),
            tenant.value());
    return found.orElse(Overlay.NONE);
  }
}
