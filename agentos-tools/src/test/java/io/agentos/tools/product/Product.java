package io.agentos.tools.product;

import io.agentos.api.ToolResult;
import io.agentos.tools.files.Call;
import io.agentos.tools.files.FileRoots;
import java.util.List;

/** Calls the product tools as the runtime would. */
final class Product {
  private Product() {}

  static ToolResult call(String tool, Object... namesAndValues) {
    return Call.tool(ProductTools.tools(FileRoots.of(List.of())), tool, namesAndValues);
  }
}
