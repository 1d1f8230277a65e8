package io.agentos.tools.report;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.ToolResult;
import io.agentos.api.ToolSpec;
import io.agentos.api.Zone;
import io.agentos.spi.Tool;
import io.agentos.spi.ToolArguments;
import io.agentos.spi.ToolContext;
import io.agentos.tools.files.FileRoots;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A tool that looks over texts it is given and changes nothing. What is wrong with the arguments is
 * a failed result in words; nothing of it is thrown. Thread-safe.
 */
public final class TextTool implements Tool {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final Set<ErrorCode> OF_CALLER =
      Set.of(
          ErrorCode.INVALID_ARGUMENTS,
          ErrorCode.INVALID_INPUT,
          ErrorCode.NOT_FOUND,
          ErrorCode.OUTSIDE_ROOTS);

  /** What the tool does with its arguments. */
  @FunctionalInterface
  public interface Work {
    /** An {@link AgentOsException} that is the caller's to mend becomes a failed result. */
    ToolResult run(GivenTexts texts, ToolArguments arguments) throws IOException;
  }

  /** One argument of the tool: its name and the JSON Schema of its value. */
  public record Argument(String name, boolean required, Map<String, Object> schema) {

    /** A text, or the path of a file. */
    public static Argument file(String name, boolean required, String description) {
      return text(name, required, description, GivenTexts.BYTES_MAX);
    }

    /** A text of 1 to {@code lengthMax} characters. */
    public static Argument text(String name, boolean required, String description, int lengthMax) {
      return new Argument(
          name,
          required,
          map(
              "type",
              "string",
              "description",
              description,
              "minLength",
              1,
              "maxLength",
              lengthMax));
    }

    /** A whole number. */
    public static Argument number(String name, String description, long minimum, long maximum) {
      return new Argument(
          name,
          false,
          map(
              "type",
              "integer",
              "description",
              description,
              "minimum",
              minimum,
              "maximum",
              maximum));
    }

    /** One of some words. */
    public static Argument choice(String name, String description, List<String> words) {
      return new Argument(
          name, false, map("type", "string", "description", description, "enum", words));
    }
  }

  private final GivenTexts texts;
  private final ToolSpec spec;
  private final Work work;

  public TextTool(
      FileRoots roots, String name, String description, List<Argument> arguments, Work work) {
    this.texts = new GivenTexts(roots);
    this.spec =
        new ToolSpec(
            name, description, schema(arguments), ToolSpec.Effect.READ_ONLY, Zone.GREEN, TIMEOUT);
    this.work = work;
  }

  private static Map<String, Object> schema(List<Argument> arguments) {
    Map<String, Object> properties = new LinkedHashMap<>();
    arguments.forEach(argument -> properties.put(argument.name(), argument.schema()));
    return map(
        "type",
        "object",
        "properties",
        Collections.unmodifiableMap(properties),
        "required",
        arguments.stream().filter(Argument::required).map(Argument::name).toList(),
        "additionalProperties",
        false);
  }

  private static Map<String, Object> map(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return Collections.unmodifiableMap(map);
  }

  @Override
  public ToolSpec spec() {
    return spec;
  }

  @Override
  public ToolResult call(ToolArguments arguments, ToolContext context) {
    try {
      return work.run(texts, arguments);
    } catch (AgentOsException e) {
      if (OF_CALLER.contains(e.code())) {
        return ToolResult.failure(e.detail());
      }
      throw e;
    } catch (InterruptedIOException | ClosedByInterruptException e) {
      throw new AgentOsException(
          ErrorCode.TOOL_UNAVAILABLE, "%s was stopped before it ended.".formatted(spec.name()), e);
    } catch (IOException e) {
      return ToolResult.failure(
          "A file could not be read (%s); it may have changed meanwhile."
              .formatted(e.getClass().getSimpleName()));
    }
  }
}
