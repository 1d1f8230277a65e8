package io.agentos.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.TaskId;
import io.agentos.runtime.vault.TaskKey;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Somebody with all rights over the database who has the master key too, and changes texts. */
public final class KeyThief {
  private final TestStore store;
  private final TaskKey key;

  public KeyThief(TestStore store, String task) {
    this.store = store;
    this.key =
        store
            .database()
            .inTenant(
                TestStore.ACME,
                tx -> store.keys().in(tx, TestStore.ACME).ofTask(tx, TaskId.parse(task)));
  }

  /** What is sealed in a column: where it is, and an expression of the place it is sealed for. */
  public record Target(String table, String column, String place, String condition, boolean same) {
    public Target(String table, String column, String place, String condition) {
      this(table, column, place, condition, false);
    }
  }

  /** Replaces {@code from} in all rows of the task that hold it. */
  public void change(Target target, String from, String to) throws SQLException {
    int changed = 0;
    try (Connection connection =
            DriverManager.getConnection(
                store.admin().jdbcUrl(), store.admin().user(), store.admin().password());
        Statement path = connection.createStatement()) {
      path.execute("set search_path = agentos");
      String select =
          "select %s as place, %s as sealed, ctid::text as row from %s where task_id = ? and %s"
              .formatted(target.place, target.column, target.table, target.condition);
      try (PreparedStatement read = connection.prepareStatement(select)) {
        read.setObject(1, key.task().value());
        ResultSet rows = read.executeQuery();
        while (rows.next()) {
          String place = rows.getString("place");
          String text = key.open(place, rows.getBytes("sealed"));
          if (text.contains(from)) {
            String other = text.replace(from, to);
            byte[] sealed = target.same ? key.sealSame(place, other) : key.seal(place, other);
            changed += put(connection, target, rows.getString("row"), sealed);
          }
        }
      }
    }
    assertThat(changed).isPositive();
  }

  private static int put(Connection connection, Target target, String row, byte[] sealed)
      throws SQLException {
    String update =
        "update %s set %s = ? where ctid = ?::tid".formatted(target.table, target.column);
    try (PreparedStatement write = connection.prepareStatement(update)) {
      write.setBytes(1, sealed);
      write.setString(2, row);
      return write.executeUpdate();
    }
  }
}
