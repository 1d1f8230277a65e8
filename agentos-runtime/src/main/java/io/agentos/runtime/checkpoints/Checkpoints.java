package io.agentos.runtime.checkpoints;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.TenantId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.audit.Audit.Verification;
import io.agentos.runtime.store.Database;
import io.agentos.spi.Egress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of this node over the audit logs of all tenants. Every node signs by itself, with
 * its own key into its own files, so that each is a witness of the others.
 *
 * <p>Thread-safe.
 */
public final class Checkpoints implements AutoCloseable {
  private final Database database;
  private final Audit audit;
  private final Settings settings;
  private final Signer signer;
  private final Sequencer sequencer;
  private final Refusals refusals;
  private final CheckpointLoop loop;
  private final @Nullable Witness witness;

  /**
   * How checkpoints are made.
   *
   * @param folder where they are kept; made when it is missing. Never in the database
   * @param name of this installation: with the tenant's, the origin of its checkpoints
   * @param every how long entries wait at most
   * @param entriesMax how many entries wait at most
   * @param witness whom to tell; null for nobody
   */
  public record Settings(
      Path folder,
      SigningKey key,
      String name,
      Duration every,
      int entriesMax,
      @Nullable URI witness) {}

  /**
   * A checkpoint as it is listed.
   *
   * @param size how many entries it is over
   * @param root of their hashes, in base64
   * @param key what checks its signature
   * @param note the signed checkpoint
   */
  public record View(long size, String root, String key, Instant signedAt, String note) {}

  /** A place in the list: checkpoints of one size are told apart by their keys. */
  public record Place(long size, String key) {
    public static final Place NEWEST = new Place(Long.MAX_VALUE, "");
  }

  /** Those of a node that tells no witness. */
  public Checkpoints(Database database, Audit audit, Settings settings) {
    this(database, audit, settings, Egress.CLOSED);
  }

  /**
   * @param egress the way to the witness
   * @throws AgentOsException ENVIRONMENT when the folder cannot be made
   */
  public Checkpoints(Database database, Audit audit, Settings settings, Egress egress) {
    try {
      Files.createDirectories(settings.folder());
    } catch (IOException e) {
      throw new AgentOsException(
          ErrorCode.ENVIRONMENT,
          "The folder %s for checkpoints cannot be made.".formatted(settings.folder()),
          e);
    }
    this.database = database;
    this.audit = audit;
    this.settings = settings;
    this.signer = new Signer(settings.key(), settings.name());
    this.sequencer = new Sequencer(database, settings.folder(), signer);
    this.refusals = new Refusals(database, audit);
    this.loop = new CheckpointLoop(database, this, settings);
    URI url = settings.witness();
    this.witness = url == null ? null : new Witness(url, settings.folder(), egress);
  }

  /** Begins to sign as the logs grow. */
  public void start() {
    loop.start();
    if (witness != null) {
      witness.start();
    }
  }

  /** Signs what is left, and stops. */
  @Override
  public void close() {
    loop.close();
    if (witness != null) {
      witness.close();
    }
    sequencer.close();
  }

  /**
   * Signs what is new in a tenant's log now; nothing when the log is not the one that was signed.
   */
  public void bringUpToDate(TenantId tenant) {
    advance(tenant);
  }

  Optional<Sequencer.Standing> advance(TenantId tenant) {
    try {
      Sequencer.Standing standing = sequencer.advance(tenant);
      refusals.remove(tenant);
      if (witness != null) {
        standing.note().ifPresent(note -> witness.tell(tenant, note));
      }
      return Optional.of(standing);
    } catch (BrokenLog e) {
      refusals.add(tenant, e);
      return Optional.empty();
    }
  }

  /** Whether nothing is signed over this log, because it is not the one that was signed. */
  boolean refuses(TenantId tenant) {
    return refusals.contains(tenant);
  }

  /** One look at all logs, in place of {@link #start}; for tests. */
  void pass() {
    loop.pass(true);
  }

  /** What an operator must look at; empty when all is well. Names no tenant. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (refusals.count() > 0) {
      warnings.add(
          "%d audit logs are not what was signed; no checkpoint is signed over them"
              .formatted(refusals.count()));
    }
    if (witness != null && !witness.problem().isEmpty()) {
      warnings.add(witness.problem());
    }
    return List.copyOf(warnings);
  }

  /** What a tenant's checkpoints of this node are checked with, as in Go's {@code note} package. */
  public String verifier(TenantId tenant) {
    return signer.verifier(tenant);
  }

  /** A note by which this node stands for a task's evidence with this digest. */
  String signed(TenantId tenant, String task, String digest) {
    return signer
        .key()
        .sign(signer.origin(tenant), "agentos-evidence-1\n%s\n%s\n".formatted(task, digest));
  }

  /** Checkpoints of all nodes older than {@code before}, newest first, as the database has them. */
  public List<View> list(TenantId tenant, Place before, int limit) {
    return database.inTenant(
        tenant,
        tx ->
            tx.query(
                CheckpointsSql.LIST,
                row ->
                    new View(
                        row.longNumber("size"),
                        Checkpoint.of(row.text("note"))
                            .map(found -> found.root().toString())
                            .orElse(""),
                        row.text("key"),
                        row.instant("signed_at"),
                        row.text("note")),
                tenant.value(),
                before.size(),
                before.key(),
                limit));
  }

  /** Proofs under the newest checkpoint of this node; empty when it signed none it can prove by. */
  public Optional<Proven> proven(TenantId tenant) {
    KeptFiles files = new KeptFiles(settings.folder(), tenant);
    try {
      Optional<String> note = new CheckpointFile(files.checkpoints()).last();
      Optional<Checkpoint> last = note.flatMap(text -> signer.own(tenant, text));
      if (last.isEmpty() || !KeptTree.fits(files.tree(), last.get())) {
        return Optional.empty();
      }
      return Optional.of(new Proven(last.get(), note.orElseThrow(), TreeFile.read(files.tree())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Walks a tenant's whole chain, and holds each entry against what this node signed. */
  public Verification verify(TenantId tenant) {
    Optional<Proven> kept = proven(tenant);
    if (kept.isEmpty()) {
      return audit.verify(database, tenant);
    }
    try (Proven proven = kept.get()) {
      Verification found =
          audit.verify(
              database,
              tenant,
              entry -> {
                byte[] hash = HexFormat.of().parseHex(entry.hash());
                boolean same =
                    entry.seq() > proven.size()
                        || proven.holds(entry.seq(), LogRow.leaf(entry.seq(), hash, entry.body()));
                return same ? "" : "entry %d is not the one that was signed".formatted(entry.seq());
              });
      if (!found.intact() || found.entries() >= proven.size()) {
        return found;
      }
      return new Verification(
          found.entries(),
          found.entries() + 1,
          "entry %d is missing; a checkpoint of %d was signed"
              .formatted(found.entries() + 1, proven.size()));
    }
  }
}
