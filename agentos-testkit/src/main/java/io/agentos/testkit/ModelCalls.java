package io.agentos.testkit;

import io.agentos.api.Message;
import io.agentos.api.ModelOptions;
import io.agentos.api.ModelRequest;
import io.agentos.api.StepKey;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.api.ToolSpec;
import io.agentos.api.Zone;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Model calls to test with. */
public final class ModelCalls {
  /** A tool with one argument, {@code path}. */
  public static final ToolSpec READ_FILE = tool("files.read", "Reads one file.");

  /** A second tool with one argument, {@code path}. */
  public static final ToolSpec LIST_FILES = tool("files.list", "Lists one folder.");

  private static final TaskId TASK = TaskId.next();
  private static final int OUTPUT_TOKENS_MAX = 256;

  private ModelCalls() {}

  /** A call that asks {@code prompt}, with both tools on offer. */
  public static ModelRequest asking(String prompt) {
    return conversation(1, List.of(new Message.User(prompt)));
  }

  /** The call at {@code position} of one and the same task. */
  public static ModelRequest conversation(int position, List<Message> messages) {
    return new ModelRequest(
        new StepKey(TenantId.DEFAULT, TASK, position, "turn-" + position + "/model"),
        "contract-model",
        "You are under test.",
        messages,
        List.of(READ_FILE, LIST_FILES),
        OUTPUT_TOKENS_MAX,
        ModelOptions.NONE);
  }

  private static ToolSpec tool(String name, String description) {
    return new ToolSpec(
        name,
        description,
        Map.of(
            "type",
            "object",
            "properties",
            Map.of("path", Map.of("type", "string")),
            "additionalProperties",
            false),
        ToolSpec.Effect.READ_ONLY,
        Zone.GREEN,
        Duration.ofSeconds(10));
  }
}
