package io.agentos.runtime.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * A listener for notifications of Postgres. They are a hint to look, never the truth: one that is
 * missed while the connection is away costs time, not correctness.
 *
 * <p>Not thread-safe: one thread listens.
 */
public final class Notifications implements AutoCloseable {
  private static final Pattern CHANNEL = Pattern.compile("[a-z_]{1,40}");

  private final Connector connector;
  private final String channel;
  private @Nullable Connection connection;

  /** Opens a connection. */
  interface Connector {
    Connection connect() throws SQLException;
  }

  Notifications(Connector connector, String channel) {
    if (!CHANNEL.matcher(channel).matches()) {
      throw new IllegalArgumentException("a channel is named by a-z and '_': " + channel);
    }
    this.connector = connector;
    this.channel = channel;
  }

  /**
   * Waits for notifications and returns their payloads; empty after {@code timeout}.
   *
   * @throws io.agentos.api.AgentOsException STORE_UNAVAILABLE; the next call connects anew
   */
  public List<String> await(Duration timeout) {
    try {
      Connection open = connection == null ? open() : connection;
      PGNotification[] found =
          open.unwrap(PGConnection.class).getNotifications(Math.toIntExact(timeout.toMillis()));
      List<String> payloads = new ArrayList<>();
      for (PGNotification notification : found == null ? new PGNotification[0] : found) {
        payloads.add(notification.getParameter());
      }
      return payloads;
    } catch (SQLException e) {
      close();
      throw SqlFailure.of(e);
    }
  }

  private Connection open() throws SQLException {
    Connection opened = connector.connect();
    connection = opened;
    try (Statement statement = opened.createStatement()) {
      statement.execute("listen " + channel);
    }
    return opened;
  }

  @Override
  public void close() {
    Connection open = connection;
    connection = null;
    if (open == null) {
      return;
    }
    try {
      open.close();
    } catch (SQLException e) {
      // The connection is gone already; that is what was wanted.
      return;
    }
  }
}
