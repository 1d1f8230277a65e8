package io.agentos.tools.sql;

import io.agentos.api.ToolResult;
import io.agentos.spi.Tool;
import io.agentos.spi.ToolArguments;
import io.agentos.tools.files.Call;
import io.agentos.tools.sql.scratch.AdminScratchDatabases;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls the SQL tools against a real Postgres. */
final class Looks {
  static final Path EXAMPLES = Path.of("..", "examples", "supabase");

  private Looks() {}

  static Tool tool(String name) {
    return Call.tool(
        SqlTools.tools(
            new AdminScratchDatabases(Audits::admin),
            new SqlFiles(List.of(EXAMPLES)),
            any -> Optional.empty()),
        name);
  }

  static ToolResult call(String name, String... namesAndValues) {
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      arguments.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return tool(name).call(new ToolArguments(arguments), Audits.context());
  }
}
