package io.agentos.runtime.packs;

import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.shelf.PackShelf;
import io.agentos.runtime.tools.ToolsRegistry;
import io.agentos.spi.Tool;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an agent can call: the tools it declares, and others agents where it may ask them.
 *
 * <p>Thread-safe.
 */
record AgentTools(ToolsRegistry registry, PackShelf shelf) {

  /** All of them, in the order it declares them. */
  List<Tool> of(AgentDefinition agent) {
    return Stream.concat(
            agent.tools().stream().map(registry::find).flatMap(Optional::stream),
            DelegateTool.of(agent, shelf.packs()).stream())
        .toList();
  }
}
