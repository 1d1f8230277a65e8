package io.agentos.tools.sql;

import io.agentos.spi.Tool;
import io.agentos.spi.ToolArguments;
import io.agentos.testkit.ToolContract;
import java.util.Map;

final class AuditSchemaContractTest extends ToolContract {
  private final Tool tool = Audits.tool();

  @Override
  protected Tool tool() {
    return tool;
  }

  @Override
  protected ToolArguments arguments() {
    return new ToolArguments(Map.of("schema", "create table a (b int)"));
  }
}
