package io.agentos.tools.design;

import io.agentos.api.ToolResult;
import io.agentos.tools.files.Call;
import io.agentos.tools.files.FileRoots;
import java.util.List;

/** Calls the design tools as the runtime would. */
final class Design {
  private Design() {}

  static ToolResult contrast(Object... namesAndValues) {
    return call("design.audit_contrast", namesAndValues);
  }

  static ToolResult call(String tool, Object... namesAndValues) {
    return Call.tool(DesignTools.tools(FileRoots.of(List.of())), tool, namesAndValues);
  }

  /** A page with these rules and this body; the first line of the body is line 3. */
  static String page(String css, String body) {
    return "<!doctype html><html lang=en><head><title>t</title><style>"
        + css
        + "</style></head>\n<body>\n"
        + body
        + "\n</body></html>";
  }
}
