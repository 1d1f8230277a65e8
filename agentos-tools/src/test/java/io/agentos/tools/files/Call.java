package io.agentos.tools.files;

import io.agentos.api.AgentId;
import io.agentos.api.StepKey;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.api.ToolResult;
import io.agentos.spi.Tool;
import io.agentos.spi.ToolArguments;
import io.agentos.spi.ToolContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls tools as the runtime would. */
public final class Call {
  private static final ToolContext CONTEXT =
      new ToolContext(
          new StepKey(TenantId.DEFAULT, TaskId.next(), 1, "test"),
          new AgentId("engineering", "test"));

  private Call() {}

  /** Calls the tool of this name with these argument names and values. */
  public static ToolResult tool(List<Tool> tools, String name, Object... namesAndValues) {
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      arguments.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return tool(tools, name).call(new ToolArguments(arguments), CONTEXT);
  }

  /** The tool of this name. */
  public static Tool tool(List<Tool> tools, String name) {
    return tools.stream()
        .filter(tool -> tool.spec().name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no tool " + name));
  }
}
