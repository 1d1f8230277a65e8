package io.agentos.runtime.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One row of an answer, read by column name. Valid only while its reader runs. */
public final class Row {
  private final ResultSet results;

  Row(ResultSet results) {
    this.results = results;
  }

  /** Reads one row into a value. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(Row row);
  }

  public String text(String column) {
    return present(column, optionalText(column));
  }

  public @Nullable String optionalText(String column) {
    try {
      return results.getString(column);
    } catch (SQLException e) {
      throw SqlFailure.of(e);
    }
  }

  public UUID uuid(String column) {
    return present(column, optionalUuid(column));
  }

  public @Nullable UUID optionalUuid(String column) {
    try {
      return results.getObject(column, UUID.class);
    } catch (SQLException e) {
      throw SqlFailure.of(e);
    }
  }

  public Instant instant(String column) {
    return present(column, optionalInstant(column));
  }

  public @Nullable Instant optionalInstant(String column) {
    try {
      OffsetDateTime time = results.getObject(column, OffsetDateTime.class);
      return time == null ? null : time.toInstant();
    } catch (SQLException e) {
      throw SqlFailure.of(e);
    }
  }

  /** A number; 0 for null. */
  public int number(String column) {
    try {
      return results.getInt(column);
    } catch (SQLException e) {
      throw SqlFailure.of(e);
    }
  }

  /** A number; 0 for null. */
  public long longNumber(String column) {
    try {
      return results.getLong(column);
    } catch (SQLException e) {
      throw SqlFailure.of(e);
    }
  }

  public boolean flag(String column) {
    try {
      return results.getBoolean(column);
    } catch (SQLException e) {
      throw SqlFailure.of(e);
    }
  }

  public byte[] bytes(String column) {
    return present(column, optionalBytes(column));
  }

  public byte @Nullable [] optionalBytes(String column) {
    try {
      return results.getBytes(column);
    } catch (SQLException e) {
      throw SqlFailure.of(e);
    }
  }

  /** An array of texts, in its order; the elements are never null. */
  public List<String> texts(String column) {
    try {
      return List.of((String[]) present(column, results.getArray(column)).getArray());
    } catch (SQLException e) {
      throw SqlFailure.of(e);
    }
  }

  private static <T> T present(String column, @Nullable T value) {
    return Optional.ofNullable(value)
        .orElseThrow(() -> new IllegalStateException("column " + column + " is null"));
  }
}
