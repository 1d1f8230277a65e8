package io.agentos.tools.sql;

import io.agentos.spi.Tool;
import io.agentos.spi.ToolArguments;
import io.agentos.testkit.ToolContract;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** Holds the looks at a schema to what every tool must keep. */
final class LookContractTest {

  @Nested
  final class SchemaDoc extends ToolContract {
    private final Tool tool = Looks.tool("sql.schema_doc");

    @Override
    protected Tool tool() {
      return tool;
    }

    @Override
    protected ToolArguments arguments() {
      return new ToolArguments(Map.of("schema", "create table a (b int)"));
    }
  }

  @Nested
  final class Migration extends ToolContract {
    private final Tool tool = Looks.tool("sql.check_migration");

    @Override
    protected Tool tool() {
      return tool;
    }

    @Override
    protected ToolArguments arguments() {
      return new ToolArguments(Map.of("migration", "create table a (b int)"));
    }
  }
}
