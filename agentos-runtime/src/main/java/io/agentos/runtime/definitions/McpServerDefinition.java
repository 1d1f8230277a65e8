package io.agentos.runtime.definitions;

import io.agentos.api.ToolSpec;
import io.agentos.api.Zone;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An MCP server as a pack declares it, with the tools of it that were approved.
 *
 * @param name 1 to 16 of a-z, 0-9 and '_'; its tools are {@code mcp.NAME.TOOL}
 * @param timeout of calls of tools for which no rule says otherwise
 * @param rules what the pack says of single tools
 * @param pins the tools as they were approved; none before the first approval
 */
public record McpServerDefinition(
    String name,
    String description,
    Transport transport,
    Duration timeout,
    List<Rule> rules,
    List<Pin> pins) {
  public McpServerDefinition {
    rules = List.copyOf(rules);
    pins = List.copyOf(pins);
  }

  /** How the server is reached. */
  public sealed interface Transport {}

  /**
   * A program to start.
   *
   * @param environment references such as {@code env:NAME}, by the variable's name
   * @param folder the absolute path of where it works; empty for a folder of its own
   */
  public record Stdio(
      String command, List<String> arguments, Map<String, String> environment, String folder)
      implements Transport {
    public Stdio {
      arguments = List.copyOf(arguments);
      environment = Map.copyOf(environment);
    }
  }

  /**
   * A server elsewhere.
   *
   * @param headers references such as {@code env:NAME}, by the header's name
   */
  public record Http(String url, Map<String, String> headers) implements Transport {
    public Http {
      headers = Map.copyOf(headers);
    }
  }

  /**
   * What the pack says of a tool; the server has no word in it.
   *
   * @param remote what the server calls it
   * @param as the last part of its name
   */
  public record Rule(
      String remote,
      String as,
      ToolSpec.Effect effect,
      Zone zone,
      Duration timeout,
      long costUsdMicros) {}

  /**
   * A tool as it was approved.
   *
   * @param sha256 over the canonical JSON of {@link #content()}
   * @param hints what the server says of what the tool does, by the names of MCP
   */
  public record Pin(
      String remote,
      String description,
      Map<String, @Nullable Object> inputSchema,
      Map<String, Boolean> hints,
      String sha256) {
    public Pin {
      inputSchema = Collections.unmodifiableMap(new LinkedHashMap<>(inputSchema));
      hints = Map.copyOf(hints);
    }

    /** All that was approved of it: what a model reads, and what makes us stricter. */
    public Map<String, @Nullable Object> content() {
      Map<String, @Nullable Object> content = new LinkedHashMap<>();
      content.put("name", remote);
      content.put("description", description);
      content.put("inputSchema", inputSchema);
      content.put("annotations", hints);
      return content;
    }
  }

  /** What holds for a tool: what the pack says of it, or else the strictest there is. */
  public Rule rule(String remote) {
    return rules.stream()
        .filter(rule -> rule.remote().equals(remote))
        .findFirst()
        .orElseGet(
            () -> new Rule(remote, localName(remote), ToolSpec.Effect.ONCE, Zone.RED, timeout, 0));
  }

  /**
   * What we say of an approved tool. What the server says of it can make us stricter and no more: a
   * tool that does not call itself harmless is not read-only, one that may destroy needs a person.
   */
  public ToolSpec spec(Pin pin) {
    Rule rule = rule(pin.remote());
    boolean harmless = !Boolean.FALSE.equals(pin.hints().get("readOnlyHint"));
    boolean repeatable = !Boolean.FALSE.equals(pin.hints().get("idempotentHint"));
    ToolSpec.Effect effect =
        switch (rule.effect()) {
          case READ_ONLY -> harmless ? ToolSpec.Effect.READ_ONLY : ToolSpec.Effect.ONCE;
          case IDEMPOTENT -> repeatable ? ToolSpec.Effect.IDEMPOTENT : ToolSpec.Effect.ONCE;
          case ONCE -> ToolSpec.Effect.ONCE;
        };
    boolean destroys = Boolean.TRUE.equals(pin.hints().get("destructiveHint")) && !readOnly(pin);
    return new ToolSpec(
        "mcp.%s.%s".formatted(name, rule.as()),
        pin.description(),
        strict(pin.inputSchema()),
        effect,
        destroys ? Zone.RED : rule.zone(),
        rule.timeout(),
        rule.costUsdMicros());
  }

  /** Of a tool that only reads, MCP gives the hint that it destroys no meaning. */
  private static boolean readOnly(Pin pin) {
    return Boolean.TRUE.equals(pin.hints().get("readOnlyHint"));
  }

  /** The schema of an object without other members than those it names, in our dialect. */
  private static Map<String, Object> strict(Map<String, @Nullable Object> schema) {
    Map<String, Object> strict = new LinkedHashMap<>();
    schema.forEach((keyword, value) -> {
      if (value != null) {
        strict.put(keyword, value);
      }
    });
    strict.remove("$schema");
    strict.remove("$id");
    strict.put("type", "object");
    strict.putIfAbsent("additionalProperties", false);
    return strict;
  }

  /** What becomes of a server's name for a tool: {@code getSum} and {@code get-sum} are get_sum. */
  public static String localName(String remote) {
    return remote
        .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
        .replaceAll("[^A-Za-z0-9]+", "_")
        .replaceAll("^_|_$", "")
        .toLowerCase(Locale.ROOT);
  }
}
