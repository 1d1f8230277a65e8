package io.agentos.tools.marketing;

import io.agentos.api.ToolResult;
import io.agentos.tools.files.Call;
import io.agentos.tools.files.FileRoots;
import java.util.List;

/** Calls the marketing tools as the runtime would. */
final class Marketing {
  private Marketing() {}

  static ToolResult call(String tool, Object... namesAndValues) {
    return Call.tool(MarketingTools.tools(FileRoots.of(List.of())), tool, namesAndValues);
  }
}
