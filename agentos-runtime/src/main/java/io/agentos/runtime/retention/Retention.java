package io.agentos.runtime.retention;

import io.agentos.api.AgentOsException;
import io.agentos.api.AuditEntry;
import io.agentos.api.ErrorCode;
import io.agentos.api.TenantId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long each tenant keeps its records.
 *
 * <p>Thread-safe.
 */
public final class Retention {
  /** A hundred years. */
  public static final int DAYS_MAX = 36_500;

  /** A preview counts no further. */
  public static final int PREVIEW_MAX = 100_000;

  private final Database database;
  private final Audit audit;
  private final List<Retained> kinds;

  /** Retention of the runtime's own kinds alone. */
  public Retention(Database database, Audit audit) {
    this(database, audit, List.of());
  }

  /**
   * The same with kinds of packages further up.
   *
   * @throws IllegalArgumentException when two have one name
   */
  public Retention(Database database, Audit audit, List<Retained> more) {
    this.database = database;
    this.audit = audit;
    List<Retained> all = new ArrayList<>(Retained.BUILT_IN);
    all.addAll(more);
    if (all.stream().map(Retained::name).distinct().count() != all.size()) {
      throw new IllegalArgumentException("two kinds of records have one name: " + all);
    }
    this.kinds = List.copyOf(all);
  }

  /**
   * One kind and how long it is kept.
   *
   * @param days null for ever
   * @param byRule whether a rule of the tenant says so, and not the default
   */
  public record Kept(
      String kind,
      @Nullable Integer days,
      boolean byRule,
      @Nullable Integer daysDefault,
      int daysMin) {}

  /** The rules of a tenant in full, and who changed them last. */
  public record View(
      List<Kept> kinds, long revision, @Nullable String changedBy, @Nullable Instant changedAt) {
    public View {
      kinds = List.copyOf(kinds);
    }
  }

  /** What a sweep would delete of one kind now; at most {@link #PREVIEW_MAX}. */
  public record Doomed(String kind, @Nullable Integer days, int rows) {}

  /** The names of all kinds, in the order in which they are pruned. */
  public List<String> kinds() {
    return kinds.stream().map(Retained::name).toList();
  }

  /** What deletes by these rules. */
  public Pruner pruner() {
    return new Pruner(database, audit, kinds);
  }

  /** The rules in force. */
  public View view(Tx tx, TenantId tenant) {
    record Stored(RetentionRules rules, @Nullable String by, @Nullable Instant at) {}
    Stored stored =
        tx.queryOne(
                RetentionSql.FIND,
                row ->
                    new Stored(
                        RetentionRules.of(row),
                        row.optionalText("changed_by"),
                        row.optionalInstant("changed_at")),
                tenant.value())
            .orElseGet(() -> new Stored(new RetentionRules(Map.of(), 0), null, null));
    RetentionRules rules = stored.rules();
    List<Kept> kept =
        kinds.stream()
            .map(kind ->
                new Kept(
                    kind.name(),
                    rules.daysOf(kind),
                    rules.days().containsKey(kind.name()),
                    kind.daysDefault(),
                    kind.daysMin()))
            .toList();
    return new View(kept, rules.revision(), stored.by(), stored.at());
  }

  /**
   * Replaces all rules; waits for deletions under way, so that none by the old ones comes after.
   *
   * @param days by kind; null for ever; a kind that is not named has its default
   * @throws AgentOsException INVALID_REQUEST for an unknown kind, or days out of range
   */
  public View set(Tx tx, TenantId tenant, Map<String, @Nullable Integer> days, String by) {
    check(days);
    tx.update(HoldsSql.GATE, tenant.value());
    RetentionRules rules = new RetentionRules(days, 0);
    tx.update(RetentionSql.SET, rules.text(), by, tenant.value());
    View view = view(tx, tenant);
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("change", "retention.set");
    facts.put("revision", String.valueOf(view.revision()));
    facts.put("rules", rules.text());
    audit.append(tx, List.of(new AuditEntry(tenant, "config.changed", by, "retention", facts)));
    return view;
  }

  /**
   * What a sweep would delete now by some rules; nothing is deleted. Parents of tasks that would go
   * are not counted: they go in a later sweep.
   */
  public List<Doomed> preview(TenantId tenant, Map<String, @Nullable Integer> days) {
    check(days);
    RetentionRules rules = new RetentionRules(days, 0);
    return database.inRetention(
        tenant,
        tx -> {
          List<Doomed> doomed = new ArrayList<>();
          for (Retained kind : kinds) {
            @Nullable Integer kept = rules.daysOf(kind);
            int rows =
                kept == null
                    ? 0
                    : tx.queryOne(
                            kind.count(),
                            row -> row.number("n"),
                            tenant.value(),
                            (long) kept,
                            PREVIEW_MAX)
                        .orElse(0);
            doomed.add(new Doomed(kind.name(), kept, rows));
          }
          return doomed;
        });
  }

  /** The rules in force by themselves, as {@link #set} takes them. */
  public Map<String, @Nullable Integer> rules(TenantId tenant) {
    return database.inTenant(
        tenant,
        tx ->
            tx.queryOne(RetentionSql.FIND, RetentionRules::of, tenant.value())
                .map(RetentionRules::days)
                .orElse(Map.of()));
  }

  private void check(Map<String, @Nullable Integer> days) {
    List<AgentOsException.FieldError> errors = new ArrayList<>();
    days.forEach((name, value) -> {
      Retained kind = kinds.stream().filter(k -> k.name().equals(name)).findFirst().orElse(null);
      if (kind == null) {
        errors.add(
            new AgentOsException.FieldError(
                "rules", "known kinds are " + String.join(", ", kinds())));
      } else if (value != null && (value < kind.daysMin() || value > DAYS_MAX)) {
        errors.add(
            new AgentOsException.FieldError(
                "rules." + name,
                "must be P%dD to P%dD, or null for ever".formatted(kind.daysMin(), DAYS_MAX)));
      }
    });
    if (!errors.isEmpty()) {
      throw AgentOsException.ofFields(
          ErrorCode.INVALID_REQUEST,
          "The request is not valid: %s %s."
              .formatted(errors.getFirst().path(), errors.getFirst().message()),
          errors);
    }
  }
}
