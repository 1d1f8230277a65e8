package io.agentos.runtime.durable;

import io.agentos.runtime.store.Tx;
import io.agentos.runtime.vault.StoredBody;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one commit, column by column, and the long bodies that go to the payload table under
 * their digest.
 */
final class Columns {
  private final List<String> tenants = new ArrayList<>();
  private final List<UUID> tasks = new ArrayList<>();
  private final List<Integer> seqs = new ArrayList<>();
  private final List<String> types = new ArrayList<>();
  private final List<Integer> positions = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final List<@Nullable String> states = new ArrayList<>();
  private final List<Integer> attempts = new ArrayList<>();
  private final List<Long> epochs = new ArrayList<>();
  private final List<Instant> times = new ArrayList<>();
  private final List<byte[]> bodies = new ArrayList<>();
  private final List<byte @Nullable []> payloads = new ArrayList<>();

  private final List<String> payloadTenants = new ArrayList<>();
  private final List<byte[]> payloadHashes = new ArrayList<>();
  private final List<byte[]> payloadBodies = new ArrayList<>();

  void add(TaskRef task, long epoch, Entry entry, StoredBody body) {
    tenants.add(task.tenant().value());
    tasks.add(task.task().value());
    seqs.add(entry.seq());
    types.add(entry.type());
    positions.add(entry.position());
    names.add(entry.name());
    states.add(entry.state() == null ? null : entry.state().text());
    attempts.add(entry.attempt());
    epochs.add(epoch);
    times.add(entry.at());
    bodies.add(body.body());
    payloads.add(body.digest());
    if (body.digest() != null && body.payload() != null) {
      payloadTenants.add(task.tenant().value());
      payloadHashes.add(body.digest());
      payloadBodies.add(body.payload());
    }
  }

  void insert(Tx tx) {
    if (!payloadHashes.isEmpty()) {
      tx.update(
          JournalSql.PAYLOADS,
          payloadTenants.toArray(String[]::new),
          payloadHashes.toArray(byte[][]::new),
          payloadBodies.toArray(byte[][]::new));
    }
    tx.update(
        JournalSql.INSERT,
        tenants.toArray(String[]::new),
        tasks.toArray(UUID[]::new),
        seqs.toArray(Integer[]::new),
        types.toArray(String[]::new),
        positions.toArray(Integer[]::new),
        names.toArray(String[]::new),
        states.toArray(String[]::new),
        attempts.toArray(Integer[]::new),
        epochs.toArray(Long[]::new),
        times.toArray(Instant[]::new),
        bodies.toArray(byte[][]::new),
        payloads.toArray(byte[][]::new));
  }
}
