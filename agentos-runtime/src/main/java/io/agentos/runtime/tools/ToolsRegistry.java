package io.agentos.runtime.tools;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.ToolSpec;
import io.agentos.runtime.json.CanonicalJson;
import io.agentos.runtime.json.Json;
import io.agentos.spi.Egress;
import io.agentos.spi.Tool;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.JsonNodeException;

/**
 * The tools of this server, by name.
 *
 * <p>Thread-safe. Schemas are compiled when a tool is first called.
 */
public final class ToolsRegistry {
  private static final int PROBLEMS_MAX = 5;

  private final Map<String, Tool> tools = new TreeMap<>();
  private final Egress egress;
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

  /** Tools without a way to the network. */
  public ToolsRegistry(Collection<Tool> tools) {
    this(tools, Egress.CLOSED);
  }

  /**
   * @param egress the only way to the network that they may take
   */
  public ToolsRegistry(Collection<Tool> tools, Egress egress) {
    this.egress = egress;
    for (Tool tool : tools) {
      if (this.tools.put(tool.spec().name(), tool) != null) {
        throw new AgentOsException(
            ErrorCode.INVALID_DEFINITION,
            "Two tools are named '%s'; names are unique.".formatted(tool.spec().name()));
      }
    }
  }

  /** What each tool is, by name. */
  public List<ToolSpec> specs() {
    return tools.values().stream().map(Tool::spec).toList();
  }

  /** The only way to the network that tools may take. */
  public Egress egress() {
    return egress;
  }

  /** The tool of this name. */
  public Optional<Tool> find(String name) {
    return Optional.ofNullable(tools.get(name));
  }

  /**
   * What is wrong with the arguments of a call, in words for whoever made them; empty when nothing
   * is.
   */
  public Optional<String> problem(ToolSpec tool, Map<String, @Nullable Object> arguments) {
    List<Error> errors;
    try {
      errors = schema(tool).validate(Json.mapperForTrees().valueToTree(arguments));
    } catch (JsonNodeException e) {
      return Optional.of(
          "The arguments of %s hold a number that no whole number of 64 bits can hold."
              .formatted(tool.name()));
    }
    if (errors.isEmpty()) {
      return uncanonical(tool, arguments);
    }
    StringBuilder problem = new StringBuilder();
    errors.stream()
        .limit(PROBLEMS_MAX)
        .forEach(error ->
            problem
                .append(problem.isEmpty() ? "" : "; ")
                .append(error.getInstanceLocation())
                .append(' ')
                .append(error.getMessage()));
    return Optional.of(
        "The arguments of %s do not fit its schema: %s.".formatted(tool.name(), problem));
  }

  /** Arguments of which no digest can be made can be neither approved nor recorded. */
  private static Optional<String> uncanonical(
      ToolSpec tool, Map<String, @Nullable Object> arguments) {
    try {
      CanonicalJson.write(arguments);
      return Optional.empty();
    } catch (AgentOsException e) {
      return Optional.of("The arguments of %s: %s".formatted(tool.name(), e.detail()));
    }
  }

  /** One that an agent has to itself may have another schema each time. */
  private Schema schema(ToolSpec tool) {
    return tools.containsKey(tool.name())
        ? schemas.computeIfAbsent(tool.name(), _ -> compiled(tool))
        : compiled(tool);
  }

  private static Schema compiled(ToolSpec tool) {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(Json.mapperForTrees().<JsonNode>valueToTree(tool.inputSchema()));
  }
}
