package io.agentos.runtime.store;

import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/** Makes each connection of a migration become the role that owns the schema. */
final class OwnerRole implements Callback {

  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.AFTER_CONNECT;
  }

  @Override
  public boolean canHandleInTransaction(Event event, Context context) {
    return true;
  }

  @Override
  public void handle(Event event, Context context) {
    try (Statement statement = context.getConnection().createStatement()) {
      statement.execute(MigrationsSql.BECOME_OWNER);
    } catch (SQLException e) {
      throw new FlywayException("cannot become agentos_owner", e);
    }
  }

  @Override
  public String getCallbackName() {
    return "owner-role";
  }
}
