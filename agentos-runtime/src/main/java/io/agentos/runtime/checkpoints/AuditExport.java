package io.agentos.runtime.checkpoints;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.TenantId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.store.Database;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes a tenant's audit log, or what it says about one task, as lines of JSON that {@code
 * AuditVerifier} checks with nothing else but the checkpoints and the open key.
 *
 * <p>Thread-safe. Reads page by page, each in a transaction of its own.
 */
public final class AuditExport {
  private static final HexFormat HEX = HexFormat.of();
  private static final int ENTRIES_OF_TASK_MAX = 100_000;

  private final Database database;
  private final Checkpoints checkpoints;

  public AuditExport(Database database, Checkpoints checkpoints) {
    this.database = database;
    this.checkpoints = checkpoints;
  }

  /**
   * What is wanted.
   *
   * @param first the first entry, from 1
   * @param last the last one; null for all there are. Given, only signed entries are written, so
   *     that the part can be proven
   */
  public record Part(long first, @Nullable Long last) {
    public static final Part WHOLE = new Part(1, null);

    boolean isWhole() {
      return first == 1 && last == null;
    }
  }

  /** What will be written. Closed by whoever asked for it. */
  public interface Document extends AutoCloseable {
    void writeTo(OutputStream out) throws IOException;

    @Override
    void close();
  }

  /**
   * The log, or a part of it.
   *
   * @throws AgentOsException INVALID_REQUEST when the part begins after what is signed
   */
  public Document log(TenantId tenant, Part part) {
    checkpoints.bringUpToDate(tenant);
    Optional<Proven> proven = checkpoints.proven(tenant);
    boolean ready = false;
    try {
      long signed = proven.map(Proven::size).orElse(0L);
      long last = part.isWhole() ? head(tenant) : Math.min(signed, last(part));
      if (part.first() > Math.max(last, 1)) {
        throw new AgentOsException(
            ErrorCode.INVALID_REQUEST,
            "Entry %d is not there or not signed yet; %d entries are."
                .formatted(part.first(), signed));
      }
      Map<String, Object> header = header(tenant, part.first(), last, proven);
      ready = true;
      return document(proven, out -> writeLog(tenant, header, part.first(), last, out));
    } finally {
      if (!ready) {
        proven.ifPresent(Proven::close);
      }
    }
  }

  /**
   * All that the log has about some subjects, each entry with its proof, between what stands beside
   * it and a signature over everything.
   *
   * @param task whose evidence it is
   * @param subjects the task, and what belongs to it
   * @param parts JSON by name, written as they are
   * @param texts written with their hashes, by which the log may name them
   * @throws AgentOsException STORE_UNAVAILABLE when nothing is signed over this log
   */
  public Document evidence(
      TenantId tenant,
      String task,
      List<String> subjects,
      Map<String, @Nullable Object> parts,
      List<EvidenceText> texts) {
    checkpoints.bringUpToDate(tenant);
    Proven proven =
        checkpoints
            .proven(tenant)
            .orElseThrow(() ->
                new AgentOsException(
                    ErrorCode.STORE_UNAVAILABLE,
                    "No checkpoint is signed over the audit log; /readyz and the server's log say why."));
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("evidence", "agentos-evidence-1");
    header.put("tenant", tenant.value());
    header.put("task", task);
    header.put("checkpoint", proven.note());
    return document(
        Optional.of(proven),
        out -> {
          Signed lines = new Signed(out);
          lines.add(Json.write(header));
          for (Map.Entry<String, @Nullable Object> part : parts.entrySet()) {
            Map<String, @Nullable Object> line = new LinkedHashMap<>();
            line.put("part", part.getKey());
            line.put("value", part.getValue());
            lines.add(Json.write(line));
          }
          for (EvidenceText text : texts) {
            lines.add(Json.write(text.line()));
          }
          int entries = writeEntries(tenant, subjects, proven, lines);
          lines.end(entries, checkpoints.signed(tenant, task, lines.digest()));
        });
  }

  private long last(Part part) {
    Long last = part.last();
    return last == null ? Long.MAX_VALUE : last;
  }

  private long head(TenantId tenant) {
    return database
        .inTenant(
            tenant,
            tx -> tx.queryOne(CheckpointsSql.HEAD, row -> row.longNumber("seq"), tenant.value()))
        .orElse(0L);
  }

  private Map<String, Object> header(
      TenantId tenant, long first, long last, Optional<Proven> proven) {
    byte[] previous =
        first == 1
            ? new byte[Audit.HASH_BYTES]
            : rows(tenant, first - 1, 1).getFirst().hash().bytes();
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("export", "agentos-audit-1");
    header.put("tenant", tenant.value());
    header.put("first", first);
    header.put("last", last);
    header.put("previous", HEX.formatHex(previous));
    header.put("before", first == 1 ? List.of() : proven.orElseThrow().before(first));
    proven.ifPresent(found -> {
      header.put("after", last < found.size() ? found.after(last) : List.of());
      header.put("checkpoint", found.note());
    });
    return header;
  }

  private void writeLog(
      TenantId tenant, Map<String, Object> header, long first, long last, OutputStream out)
      throws IOException {
    write(out, Json.write(header));
    long next = first;
    while (next <= last) {
      List<LogRow> rows = rows(tenant, next, LogRow.PAGE);
      for (LogRow row : rows) {
        if (row.seq() <= last) {
          write(out, Json.write(line(row)));
        }
        next = row.seq() + 1;
      }
      if (rows.isEmpty()) {
        break;
      }
    }
    write(out, "{\"end\":%d}".formatted(last));
  }

  private int writeEntries(TenantId tenant, List<String> subjects, Proven proven, Signed lines)
      throws IOException {
    int entries = 0;
    long after = 0;
    while (entries < ENTRIES_OF_TASK_MAX) {
      long from = after;
      List<LogRow> rows =
          database.inTenant(
              tenant,
              tx ->
                  tx.query(
                      CheckpointsSql.ENTRIES_ABOUT,
                      LogRow::of,
                      tenant.value(),
                      subjects.toArray(String[]::new),
                      from,
                      proven.size(),
                      LogRow.PAGE));
      for (LogRow row : rows) {
        Map<String, Object> line = line(row);
        line.put("proof", proven.inclusion(row.seq()));
        lines.add(Json.write(line));
        after = row.seq();
        entries++;
      }
      if (rows.size() < LogRow.PAGE) {
        break;
      }
    }
    return entries;
  }

  private List<LogRow> rows(TenantId tenant, long from, int limit) {
    return database.inTenant(
        tenant, tx -> tx.query(CheckpointsSql.ENTRIES, LogRow::of, tenant.value(), from, limit));
  }

  private static Map<String, Object> line(LogRow row) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("seq", row.seq());
    line.put("hash", HEX.formatHex(row.hash().bytes()));
    line.put("body", row.body());
    return line;
  }

  private static void write(OutputStream out, String line) throws IOException {
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Writes lines. */
  @FunctionalInterface
  private interface Writer {
    void writeTo(OutputStream out) throws IOException;
  }

  private static Document document(Optional<Proven> proven, Writer writer) {
    return new Document() {
      @Override
      public void writeTo(OutputStream out) throws IOException {
        writer.writeTo(out);
      }

      @Override
      public void close() {
        proven.ifPresent(Proven::close);
      }
    };
  }

  /** Lines of which a digest is taken, each without its end. Used by one thread. */
  private static final class Signed {
    private final OutputStream out;
    private final MessageDigest digest;

    Signed(OutputStream out) {
      this.out = out;
      try {
        this.digest = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has SHA-256", e);
      }
    }

    void add(String line) throws IOException {
      digest.update(line.getBytes(StandardCharsets.UTF_8));
      write(out, line);
    }

    String digest() {
      return HEX.formatHex(digest.digest());
    }

    void end(int entries, String signature) throws IOException {
      Map<String, Object> end = new LinkedHashMap<>();
      end.put("end", entries);
      end.put("signature", signature);
      write(out, Json.write(end));
    }
  }
}
