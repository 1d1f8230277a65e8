package io.agentos.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.api.ToolSpec.Effect;
import io.agentos.api.Zone;
import io.agentos.spi.Tool;
import io.agentos.spi.ToolArguments;
import io.agentos.spi.ToolContext;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** The contract against a tool that keeps it, and against tools that break it. */
final class CountingToolContractTest extends ToolContract {
  private static final Map<String, Object> SCHEMA =
      Map.of(
          "type",
          "object",
          "properties",
          Map.of("name", Map.of("type", "string")),
          "additionalProperties",
          false);

  /** Adds an entry per call: under the step's key, or a new one each time. */
  private record Adder(Set<String> entries, ToolSpec spec, boolean honoursKeys) implements Tool {
    @Override
    public ToolResult call(ToolArguments arguments, ToolContext context) {
      entries.add(honoursKeys ? context.key().idempotencyKey() : "entry " + entries.size());
      return ToolResult.ofText(arguments.text("name") + " added");
    }
  }

  private final Set<String> entries = ConcurrentHashMap.newKeySet();
  private Adder tool = new Adder(entries, spec(Effect.IDEMPOTENT, SCHEMA), true);

  @Override
  protected Tool tool() {
    return tool;
  }

  @Override
  protected ToolArguments arguments() {
    return new ToolArguments(Map.of("name", "a"));
  }

  @Override
  protected Object world() {
    return Set.copyOf(entries);
  }

  @Test
  void call_idempotentToolThatRepeats_isFound() {
    tool = new Adder(entries, spec(Effect.IDEMPOTENT, SCHEMA), false);

    assertThatThrownBy(this::call_sameKeyAgain_actsAsItsEffectSays)
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void call_readOnlyToolThatWrites_isFound() {
    tool = new Adder(entries, spec(Effect.READ_ONLY, SCHEMA), true);

    assertThatThrownBy(this::call_sameKeyAgain_actsAsItsEffectSays)
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void inputSchema_openObject_isFound() {
    tool = new Adder(entries, spec(Effect.ONCE, Map.of("type", "object")), true);

    assertThatThrownBy(this::inputSchema_isAClosedObject).isInstanceOf(AssertionError.class);
  }

  private static ToolSpec spec(Effect effect, Map<String, Object> schema) {
    return new ToolSpec(
        "list.add", "Adds an entry.", schema, effect, Zone.GREEN, Duration.ofSeconds(10));
  }
}
