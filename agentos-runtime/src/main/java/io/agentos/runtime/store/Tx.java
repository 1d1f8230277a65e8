package io.agentos.runtime.store;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One open transaction. Parameters are String, UUID, Integer, Long, Boolean, Instant, byte[] or
 * arrays of these (for {@code unnest}), or null.
 *
 * <p>Not thread-safe; valid only while the work it was lent to runs.
 */
public final class Tx {
  /** No answer is longer; what may be longer is paged. */
  private static final int ROWS_MAX = 200_000;

  private final Connection connection;

  Tx(Connection connection) {
    this.connection = connection;
  }

  /** The rows of an answer, in its order. */
  public <T> List<T> query(String sql, Row.Reader<T> reader, @Nullable Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      statement.setMaxRows(ROWS_MAX);
      List<T> rows = new ArrayList<>();
      try (ResultSet results = statement.executeQuery()) {
        Row row = new Row(results);
        while (results.next()) {
          rows.add(reader.read(row));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw SqlFailure.of(e);
    }
  }

  /** The one row of an answer, or empty when there is none. */
  public <T> Optional<T> queryOne(
      String sql, Row.Reader<T> reader, @Nullable Object... parameters) {
    List<T> rows = query(sql, reader, parameters);
    if (rows.size() > 1) {
      throw new IllegalStateException("wanted at most one row, got " + rows.size());
    }
    return rows.stream().findFirst();
  }

  /** Runs a statement and returns how many rows it touched. */
  public int update(String sql, @Nullable Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw SqlFailure.of(e);
    }
  }

  /**
   * Runs one statement for each list of parameters in as few round trips as the driver can.
   *
   * @throws UnexpectedRows when a run touched another number of rows than {@code rowsExpected}; -1
   *     allows any
   */
  public void updateEach(String sql, List<Write> writes) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Write write : writes) {
        bind(statement, write.parameters().toArray());
        statement.addBatch();
      }
      int[] counts = statement.executeBatch();
      for (int i = 0; i < counts.length; i++) {
        int expected = writes.get(i).rowsExpected();
        if (expected >= 0 && counts[i] != expected) {
          throw new UnexpectedRows(writes.get(i), counts[i]);
        }
      }
    } catch (SQLException e) {
      throw SqlFailure.of(e);
    }
  }

  /** A conditional write found another number of rows than it needs; the transaction must end. */
  public static final class UnexpectedRows extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Write write;

    UnexpectedRows(Write write, int found) {
      super("a write wanted %d rows and found %d".formatted(write.rowsExpected(), found));
      this.write = write;
    }

    /** Whether the condition that failed is that of one of {@code writes}. */
    public boolean isOf(List<Write> writes) {
      return write != null && writes.contains(write);
    }
  }

  private void bind(PreparedStatement statement, @Nullable Object[] parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, toJdbc(parameters[i]));
    }
  }

  private @Nullable Object toJdbc(@Nullable Object value) throws SQLException {
    return switch (value) {
      case null -> null;
      case Instant instant -> OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
      case String[] texts -> connection.createArrayOf("text", texts);
      case UUID[] uuids -> connection.createArrayOf("uuid", uuids);
      case Integer[] numbers -> connection.createArrayOf("int4", numbers);
      case Long[] numbers -> connection.createArrayOf("int8", numbers);
      case byte[][] blobs -> connection.createArrayOf("bytea", blobs);
      case Instant[] instants -> connection.createArrayOf("timestamptz", texts(instants));
      case String _, UUID _, Integer _, Long _, Boolean _, byte[] _ -> value;
      default ->
          throw new AgentOsException(
              ErrorCode.INTERNAL,
              "A statement cannot take a parameter of " + value.getClass().getSimpleName() + ".");
    };
  }

  private static String[] texts(Instant[] instants) {
    String[] texts = new String[instants.length];
    for (int i = 0; i < instants.length; i++) {
      texts[i] = instants[i].toString();
    }
    return texts;
  }
}
