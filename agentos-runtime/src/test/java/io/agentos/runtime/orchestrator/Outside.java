package io.agentos.runtime.orchestrator;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.api.Zone;
import io.agentos.spi.Tool;
import io.agentos.spi.ToolArguments;
import io.agentos.spi.ToolContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Tools that want a token, remember it, and give it back in whatever way they are asked to. */
final class Outside {
  private final ConcurrentLinkedQueue<String> received = new ConcurrentLinkedQueue<>();

  /** The tokens that came, in order. */
  List<String> received() {
    return List.copyOf(received);
  }

  List<Tool> tools() {
    return List.of(tool("crm.post", Zone.YELLOW), tool("crm.wipe", Zone.RED));
  }

  private Tool tool(String name, Zone zone) {
    ToolSpec spec =
        new ToolSpec(
            name,
            "For tests",
            Map.of(
                "type",
                "object",
                "properties",
                Map.of(
                    "token",
                    Map.of("type", "string", "maxLength", 60),
                    "say",
                    Map.of("type", "string"),
                    "headers",
                    Map.of("type", "object")),
                "required",
                List.of("token"),
                "additionalProperties",
                false),
            ToolSpec.Effect.IDEMPOTENT,
            zone,
            Duration.ofSeconds(20));
    return new Tool() {
      @Override
      public ToolSpec spec() {
        return spec;
      }

      @Override
      public ToolResult call(ToolArguments arguments, ToolContext context) {
        String token = arguments.text("token");
        received.add(token);
        return answer(arguments.optionalText("say").orElse("nothing"), token, arguments);
      }
    };
  }

  private static ToolResult answer(String say, String token, ToolArguments arguments) {
    byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
    return switch (say) {
      case "token" -> {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("all", List.of(String.valueOf(arguments.values()), token));
        yield new ToolResult("The token is " + token + ".", fields, false);
      }
      case "base64" ->
          ToolResult.ofText(
              Base64.getEncoder()
                  .encodeToString(("Bearer " + token).getBytes(StandardCharsets.UTF_8)));
      case "hex" -> ToolResult.ofText(HexFormat.of().formatHex(bytes));
      case "failure" -> throw new AgentOsException(ErrorCode.TOOL_FAILED, "Refused " + token + ".");
      case "defect" -> throw new IllegalStateException("cannot parse " + token);
      default -> ToolResult.ofText("done");
    };
  }
}
