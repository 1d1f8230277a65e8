package io.agentos.api;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a tool is, for models, policies and people.
 *
 * @param name two parts, such as {@code files.read}, or three for a tool of an MCP server, such as
 *     {@code mcp.wiki.search}; sent to models with a dot as {@code __}
 * @param description what it does and when to use it, for a model to read
 * @param inputSchema JSON Schema 2020-12 of the arguments, an object with {@code
 *     additionalProperties: false}
 * @param effect what a second call would do
 * @param timeout after which a call is interrupted, up to 1 hour
 * @param costUsdMicros what one call costs, in millionths of a US dollar; 0 when it is free
 */
public record ToolSpec(
    String name,
    String description,
    Map<String, Object> inputSchema,
    Effect effect,
    Zone zone,
    Duration timeout,
    long costUsdMicros) {
  /** A million US dollars; no call costs more. */
  public static final long COST_USD_MICROS_MAX = 1_000_000_000_000L;

  private static final Pattern NAME =
      Pattern.compile(
          "[a-z][a-z0-9_]{0,30}\\.[a-z][a-z0-9_]{0,30}|mcp\\.[a-z][a-z0-9_]{0,15}\\.[a-z][a-z0-9_]{0,39}");

  /** What a call does to the world, and so what may happen after a crash in the middle of it. */
  public enum Effect {
    /** Changes nothing: tried again at will. */
    READ_ONLY,
    /** Honours the step's idempotency key: tried again under the same key. */
    IDEMPOTENT,
    /** A second call would act a second time: after a crash a person or a probe decides. */
    ONCE
  }

  /** A tool whose calls are free. */
  public ToolSpec(
      String name,
      String description,
      Map<String, Object> inputSchema,
      Effect effect,
      Zone zone,
      Duration timeout) {
    this(name, description, inputSchema, effect, zone, timeout, 0);
  }

  public ToolSpec {
    if (costUsdMicros < 0 || costUsdMicros > COST_USD_MICROS_MAX) {
      throw new IllegalArgumentException(
          "a call of a tool costs 0 to %d micros: %s".formatted(COST_USD_MICROS_MAX, name));
    }
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a tool is named GROUP.VERB or mcp.SERVER.TOOL of a-z, 0-9, '_': " + name);
    }
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("a tool's timeout is above 0 and at most 1 hour: " + name);
    }
    inputSchema = Collections.unmodifiableMap(new LinkedHashMap<>(inputSchema));
  }
}
