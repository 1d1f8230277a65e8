package io.agentos.tools.sql;

import io.agentos.api.ToolResult;
import io.agentos.tools.sql.rls.RlsAudit;
import io.agentos.tools.sql.rls.RlsReport;
import io.agentos.tools.sql.structure.IndexAdvisor;
import io.agentos.tools.sql.structure.SchemaDoc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The looks at a database that there are. */
final class Inspections {
  private Inspections() {}

  /** Who can read or change rows that are not theirs. */
  static final class Rls implements Inspection {
    @Override
    public ToolResult ofLive(Connection connection, List<String> notes) throws SQLException {
      return result(RlsAudit.ofLive(connection), notes);
    }

    @Override
    public ToolResult ofCopy(Connection connection, Copy copy) throws SQLException {
      return result(RlsAudit.ofCopy(connection, copy.supabase()), copy.notes());
    }

    private static ToolResult result(RlsReport report, List<String> notes) {
      return new ToolResult(report.markdown(notes), report.fields(notes), false);
    }
  }

  /** What it is made of. */
  static final class Documentation implements Inspection {
    @Override
    public ToolResult ofLive(Connection connection, List<String> notes) throws SQLException {
      return SchemaDoc.of(connection, notes);
    }

    @Override
    public ToolResult ofCopy(Connection connection, Copy copy) throws SQLException {
      return SchemaDoc.of(connection, copy.notes());
    }
  }

  /** Which indexes it lacks, and which it does not need. */
  static final class Indexes implements Inspection {
    @Override
    public ToolResult ofLive(Connection connection, List<String> notes) throws SQLException {
      return IndexAdvisor.ofLive(connection, notes);
    }

    @Override
    public ToolResult ofCopy(Connection connection, Copy copy) throws SQLException {
      return IndexAdvisor.ofCopy(connection, copy.queries(), copy.notes());
    }
  }
}
