package io.agentos.runtime.orchestrator;

import io.agentos.api.Completion;
import io.agentos.api.Message;
import io.agentos.api.ModelRequest;
import io.agentos.api.Tokens;
import io.agentos.api.ToolCall;
import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.api.Zone;
import io.agentos.spi.ModelListener;
import io.agentos.spi.ModelProvider;
import io.agentos.spi.Tool;
import io.agentos.spi.ToolArguments;
import io.agentos.spi.ToolContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * The outside world of the tests: a model and some tools, and a log of who called under which key.
 */
final class Shop {
  /** One call from inside, as the outside world saw it. */
  record Call(String what, String task, String key) {}

  private final ConcurrentLinkedQueue<Call> calls = new ConcurrentLinkedQueue<>();
  private final IntFunction<Message.Assistant> script;
  private final Function<String, String> answer;
  private final String description;
  private final List<Tool> more = new ArrayList<>();
  private final ConcurrentLinkedQueue<ModelRequest> asked = new ConcurrentLinkedQueue<>();

  Shop() {
    this("For tests");
  }

  /** A shop whose tools say this of themselves. */
  Shop(String description) {
    this(Shop::usual, said -> said, description);
  }

  /**
   * A shop of another story.
   *
   * @param script what the model says, by how often it has spoken
   * @param answer what tools answer, made of what they would usually
   */
  Shop(IntFunction<Message.Assistant> script, Function<String, String> answer) {
    this(script, answer, "For tests");
  }

  private Shop(
      IntFunction<Message.Assistant> script, Function<String, String> answer, String description) {
    this.script = script;
    this.answer = answer;
    this.description = description;
  }

  List<Call> calls() {
    return List.copyOf(calls);
  }

  /** The same with more tools. */
  Shop with(List<Tool> tools) {
    more.addAll(tools);
    return this;
  }

  /** All that the model was sent. */
  List<ModelRequest> asked() {
    return List.copyOf(asked);
  }

  List<Tool> tools() {
    List<Tool> tools = new ArrayList<>(more);
    tools.add(tool("shop.read", ToolSpec.Effect.READ_ONLY, Zone.GREEN));
    tools.add(tool("shop.send", ToolSpec.Effect.IDEMPOTENT, Zone.YELLOW));
    tools.add(tool("shop.refund", ToolSpec.Effect.IDEMPOTENT, Zone.RED));
    tools.add(tool("shop.pay", ToolSpec.Effect.ONCE, Zone.YELLOW));
    return tools;
  }

  /** A model that reads, sends two things at once, refunds, forgets a heading, and then sums up. */
  ModelProvider model() {
    return new ModelProvider() {
      @Override
      public String id() {
        return "scripted";
      }

      @Override
      public Completion complete(ModelRequest request, ModelListener listener) {
        asked.add(request);
        log("model", request.key().task().toString(), request.key().idempotencyKey());
        long answers =
            request.messages().stream().filter(m -> m instanceof Message.Assistant).count();
        Message.Assistant message = script.apply(Math.toIntExact(answers));
        Completion.StopReason stop =
            message.toolCalls().isEmpty()
                ? Completion.StopReason.END
                : Completion.StopReason.TOOL_CALLS;
        return new Completion(message, stop, Tokens.of(10, 5), "scripted", "scripted-1", "");
      }
    };
  }

  private static Message.Assistant usual(int answers) {
    return switch (answers) {
      case 0 -> calls(call("c1", "shop.read", 1));
      case 1 -> calls(call("c1", "shop.send", 2), call("c2", "shop.send", 3));
      case 2 -> calls(refund());
      case 3 -> new Message.Assistant("All is done.", List.of());
      default -> new Message.Assistant("# Summary\nAll is done.", List.of());
    };
  }

  static Message.Assistant calls(ToolCall... calls) {
    return new Message.Assistant("", new ArrayList<>(List.of(calls)));
  }

  private static ToolCall refund() {
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("amount", 4);
    arguments.put("note", "to Ann");
    return new ToolCall("c1", "shop.refund", arguments);
  }

  static ToolCall call(String id, String tool, int amount) {
    return new ToolCall(id, tool, Map.of("amount", amount));
  }

  private void log(String what, String task, String key) {
    calls.add(new Call(what, task, key));
  }

  private Tool tool(String name, ToolSpec.Effect effect, Zone zone) {
    ToolSpec spec =
        new ToolSpec(
            name,
            description,
            Map.of(
                "type",
                "object",
                "properties",
                Map.of("amount", Map.of("type", "integer"), "note", Map.of("type", "string")),
                "required",
                List.of("amount"),
                "additionalProperties",
                false),
            effect,
            zone,
            Duration.ofSeconds(20));
    return new Tool() {
      @Override
      public ToolSpec spec() {
        return spec;
      }

      @Override
      public ToolResult call(ToolArguments arguments, ToolContext context) {
        log(name, context.key().task().toString(), context.key().idempotencyKey());
        return ToolResult.ofText(
            answer.apply("%s %d".formatted(name, arguments.number("amount", 0))));
      }
    };
  }
}
