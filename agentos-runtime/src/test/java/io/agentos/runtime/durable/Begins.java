package io.agentos.runtime.durable;

import io.agentos.api.KillSwitchId;
import io.agentos.api.TaskId;
import io.agentos.runtime.TestStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * When effects began, on which node: by a clock that does not jump, set once to the one that
 * Postgres on this machine reads, so that both can be compared.
 */
final class Begins {
  private final Instant origin = Instant.now();
  private final long originNanos = System.nanoTime();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ConcurrentLinkedQueue<Begin> begins = new ConcurrentLinkedQueue<>();

  /** An effect that began. */
  record Begin(String node, TaskId task, Instant at) {}

  private Instant now() {
    return origin.plusNanos(System.nanoTime() - originNanos);
  }

  void add(String node, TaskId task) {
    begins.add(new Begin(node, task, now()));
  }

  List<Begin> all() {
    return List.copyOf(begins);
  }

  List<Begin> of(String node) {
    return begins.stream().filter(begin -> begin.node().equals(node)).toList();
  }

  /** When each node said in the database that it had taken a switch; before it committed that. */
  static Map<UUID, Instant> acknowledged(TestStore store, KillSwitchId kill) {
    Map<UUID, Instant> words = new HashMap<>();
    try (Connection connection =
            DriverManager.getConnection(
                store.admin().jdbcUrl(), store.admin().user(), store.admin().password());
        PreparedStatement statement =
            connection.prepareStatement(
                "select node_id, acknowledged_at from agentos.kill_acknowledgement where kill_id = ?")) {
      statement.setObject(1, kill.value());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          words.put(
              rows.getObject(1, UUID.class), rows.getObject(2, OffsetDateTime.class).toInstant());
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the test cannot look", e);
    }
    return words;
  }

  /** Waits until something is so. */
  static void until(String what, BooleanSupplier so) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!so.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not so: " + what);
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }
}
