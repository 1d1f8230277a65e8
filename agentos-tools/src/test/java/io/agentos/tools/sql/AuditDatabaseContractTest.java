package io.agentos.tools.sql;

import io.agentos.spi.Egress;
import io.agentos.spi.Tool;
import io.agentos.spi.ToolArguments;
import io.agentos.testkit.ToolContract;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

final class AuditDatabaseContractTest extends ToolContract {
  private final Tool tool = Audits.tool();
  private LiveDatabase live;

  @BeforeEach
  void setUp() throws SQLException {
    live = new LiveDatabase();
    live.run("create table a (b int); grant select on a to live_app");
  }

  @AfterEach
  void tearDown() throws SQLException {
    live.close();
  }

  @Override
  protected Tool tool() {
    return tool;
  }

  @Override
  protected ToolArguments arguments() {
    return new ToolArguments(Map.of("database", live.guestAddress()));
  }

  @Override
  protected Egress egress() {
    return LocalEgress.OPEN;
  }

  @Override
  protected Object world() {
    try {
      return live.fingerprint();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
