package io.agentos.runtime.audit;

import io.agentos.api.AuditEntry;
import io.agentos.api.TenantId;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.redaction.Redactor;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Row;
import io.agentos.runtime.store.Tx;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The audit log: one gapless hash chain per tenant, appended in the transaction that causes the
 * entry. {@code hash = SHA-256(hash before || body)}, the body being the stored bytes.
 *
 * <p>Thread-safe. Appending locks the tenant's head until the transaction ends.
 */
public final class Audit {
  /** The length of a hash; the first entry follows one of zeroes. */
  public static final int HASH_BYTES = 32;

  private static final byte[] GENESIS = new byte[HASH_BYTES];
  private static final int PAGE_ROWS = 5_000;

  private final InstantSource clock;

  public Audit(InstantSource clock) {
    this.clock = clock;
  }

  /** An entry as it is stored; the hash in hexadecimal. */
  public record Stored(
      long seq, Instant at, String type, String actor, String subject, String body, String hash) {}

  /** What a reader looks for: each part may be absent; {@code before} pages backwards. */
  public record Filter(
      @Nullable String type, @Nullable String actor, @Nullable String subject, long before) {}

  /**
   * What a walk over a chain found.
   *
   * @param entries how many were walked
   * @param firstBadSeq the first entry that does not fit; 0 when all do
   * @param problem what is wrong there; empty when nothing is
   */
  public record Verification(long entries, long firstBadSeq, String problem) {
    public boolean intact() {
      return problem.isEmpty();
    }
  }

  /** Appends entries of any tenants, in order. The transaction must see those tenants. */
  public void append(Tx tx, List<AuditEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    TreeSet<String> tenants = new TreeSet<>();
    entries.forEach(entry -> tenants.add(entry.tenant().value()));
    Map<String, Head> heads = new HashMap<>();
    tx.query(
            AuditSql.LOCK_HEADS,
            row -> new Head(row.text("tenant_id"), row.longNumber("seq"), row.bytes("hash")),
            (Object) tenants.toArray(String[]::new))
        .forEach(head -> heads.put(head.tenant, head));
    Columns columns = new Columns(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      AuditEntry entry = entries.get(i);
      Head before = heads.get(entry.tenant().value());
      if (before == null) {
        throw new IllegalStateException("tenant has no audit chain: " + entry.tenant());
      }
      long seq = before.seq + 1;
      String body = body(seq, now, entry);
      Head after = new Head(before.tenant, seq, chained(before.hash, body));
      columns.set(i, entry, after, now, body);
      heads.put(before.tenant, after);
    }
    columns.append(tx, List.copyOf(heads.values()));
  }

  /** Entries, newest first. */
  public List<Stored> list(Database database, TenantId tenant, Filter filter, int limit) {
    return database.inTenant(
        tenant,
        tx ->
            tx.query(
                AuditSql.LIST,
                Audit::stored,
                tenant.value(),
                filter.before(),
                filter.type(),
                filter.type(),
                filter.actor(),
                filter.actor(),
                filter.subject(),
                filter.subject(),
                limit));
  }

  /**
   * Looks at an entry that fits its chain: what is wrong with it beyond that; empty for nothing.
   */
  @FunctionalInterface
  public interface Check {
    String problem(Stored entry);
  }

  /** Walks the tenant's chain from its first entry to its head. */
  public Verification verify(Database database, TenantId tenant) {
    return verify(database, tenant, _ -> "");
  }

  /** The same with one more look at each entry. */
  public Verification verify(Database database, TenantId tenant, Check check) {
    byte[] hash = GENESIS;
    long seq = 0;
    while (true) {
      long after = seq;
      List<Stored> page =
          database.inTenant(
              tenant,
              tx -> tx.query(AuditSql.PAGE, Audit::stored, tenant.value(), after, PAGE_ROWS));
      for (Stored entry : page) {
        if (entry.seq() != seq + 1) {
          return new Verification(seq, seq + 1, "entry %d is missing".formatted(seq + 1));
        }
        hash = chained(hash, entry.body());
        seq = entry.seq();
        String problem = problem(entry, hash).orElse(check.problem(entry));
        if (!problem.isEmpty()) {
          return new Verification(seq, seq, problem);
        }
      }
      if (page.size() < PAGE_ROWS) {
        return atHead(database, tenant, seq, hash);
      }
    }
  }

  private static Verification atHead(Database database, TenantId tenant, long seq, byte[] hash) {
    Optional<Head> head =
        database.inTenant(
            tenant,
            tx ->
                tx.queryOne(
                    AuditSql.HEAD,
                    row -> new Head(tenant.value(), row.longNumber("seq"), row.bytes("hash")),
                    tenant.value()));
    // Entries may have come since the last page; only a head that lies behind tells of a cut.
    boolean fits =
        head.isPresent() && (head.get().seq > seq || Arrays.equals(head.get().hash, hash));
    if (!fits || (head.get().seq > seq && !grewSince(database, tenant, seq))) {
      return new Verification(seq, seq + 1, "the log ends before its head");
    }
    return new Verification(seq, 0, "");
  }

  private static boolean grewSince(Database database, TenantId tenant, long seq) {
    return !database
        .inTenant(tenant, tx -> tx.query(AuditSql.PAGE, Audit::stored, tenant.value(), seq, 1))
        .isEmpty();
  }

  /** The columns beside the body are for searching; they must say what the body says. */
  private static Optional<String> problem(Stored entry, byte[] hash) {
    if (!HexFormat.of().formatHex(hash).equals(entry.hash())) {
      return Optional.of("entry %d was changed".formatted(entry.seq()));
    }
    Map<String, @Nullable Object> body = Json.readObject(entry.body());
    boolean same =
        String.valueOf(body.get("seq")).equals(String.valueOf(entry.seq()))
            && entry.type().equals(body.get("type"))
            && entry.actor().equals(body.get("actor"))
            && entry.subject().equals(body.get("subject"))
            && entry.at().toString().equals(body.get("at"));
    return same
        ? Optional.empty()
        : Optional.of("the columns of entry %d were changed".formatted(entry.seq()));
  }

  private static Stored stored(Row row) {
    return new Stored(
        row.longNumber("seq"),
        row.instant("at"),
        row.text("type"),
        row.text("actor"),
        row.text("subject"),
        row.text("body"),
        HexFormat.of().formatHex(row.bytes("hash")));
  }

  /** How the body of every entry begins, so that it says itself which it is. */
  public static String beginning(long seq, TenantId tenant) {
    return "{\"seq\":%d,\"tenant\":\"%s\",".formatted(seq, tenant.value());
  }

  private static String body(long seq, Instant at, AuditEntry entry) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("seq", seq);
    body.put("tenant", entry.tenant().value());
    body.put("at", at.toString());
    body.put("type", entry.type());
    body.put("actor", entry.actor());
    body.put("subject", entry.subject());
    body.put("facts", Redactor.CREDENTIALS.redact(entry.facts()));
    return Json.write(body);
  }

  /** The hash of an entry with this body after one with the hash {@code before}. */
  public static byte[] chained(byte[] before, String body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(before);
      return digest.digest(body.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared, never leaves this class.
  private record Head(String tenant, long seq, byte[] hash) {}

  /** The rows of one append, column by column. */
  private static final class Columns {
    private final String[] tenants;
    private final Long[] seqs;
    private final Instant[] times;
    private final String[] types;
    private final String[] actors;
    private final String[] subjects;
    private final String[] bodies;
    private final byte[][] hashes;

    Columns(int size) {
      tenants = new String[size];
      seqs = new Long[size];
      times = new Instant[size];
      types = new String[size];
      actors = new String[size];
      subjects = new String[size];
      bodies = new String[size];
      hashes = new byte[size][];
    }

    void set(int i, AuditEntry entry, Head head, Instant at, String body) {
      tenants[i] = head.tenant;
      seqs[i] = head.seq;
      times[i] = at;
      types[i] = entry.type();
      actors[i] = entry.actor();
      subjects[i] = entry.subject();
      bodies[i] = body;
      hashes[i] = head.hash;
    }

    void append(Tx tx, List<Head> heads) {
      tx.update(
          AuditSql.APPEND,
          heads.stream().map(Head::tenant).toArray(String[]::new),
          heads.stream().map(Head::seq).toArray(Long[]::new),
          heads.stream().map(Head::hash).toArray(byte[][]::new),
          tenants,
          seqs,
          times,
          types,
          actors,
          subjects,
          bodies,
          hashes);
    }
  }
}
