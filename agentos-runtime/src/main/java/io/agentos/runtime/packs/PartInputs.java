package io.agentos.runtime.packs;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.definitions.InputDefinition;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a model hands on to another agent within what its own task was given: the folder, the
 * connection, files of the folder. A text may say anything; a place may not.
 */
final class PartInputs {
  private static final String CONTENT = "\n<{";

  private final AgentRun run;
  private final Map<String, @Nullable Object> given;

  PartInputs(AgentRun run) {
    this.run = run;
    this.given = run.request().input().asFields();
  }

  /**
   * The input for {@code agent}, with the task's own folder in place of whatever the model wrote.
   *
   * @throws AgentOsException INVALID_INPUT for a place that the task was not given
   */
  Map<String, @Nullable Object> bound(AgentDefinition agent, Map<String, @Nullable Object> input) {
    Map<String, @Nullable Object> bound = new LinkedHashMap<>(input);
    agent
        .inputs()
        .forEach((name, declared) -> {
          Object value = input.get(name);
          switch (declared.format()) {
            case FOLDER ->
                folder(agent, name, declared, value).ifPresent(it -> bound.put(name, it));
            case FILE -> {
              if (value instanceof String text) {
                bound.put(name, file(agent, name, text));
              }
            }
            case CONNECTION -> {
              if (value != null && !given.containsValue(value)) {
                throw wrong(agent, name, "a connection that this task was given");
              }
            }
            case TEXT -> {}
          }
        });
    return bound;
  }

  private Optional<Object> folder(
      AgentDefinition agent, String name, InputDefinition declared, @Nullable Object value) {
    List<Object> folders = folders();
    if (value == null && !declared.required()) {
      return Optional.empty();
    }
    if (value != null && folders.contains(value)) {
      return Optional.of(value);
    }
    if (folders.size() == 1) {
      return Optional.of(folders.getFirst());
    }
    throw wrong(agent, name, "a folder that this task was given");
  }

  private List<Object> folders() {
    return run.agent().inputs().entrySet().stream()
        .filter(entry -> entry.getValue().format() == InputDefinition.Format.FOLDER)
        .map(entry -> given.get(entry.getKey()))
        .filter(Objects::nonNull)
        .toList();
  }

  /** A file is its content, or one that the task was given, or one below the task's folder. */
  private String file(AgentDefinition agent, String name, String value) {
    if (given.containsValue(value) || value.chars().anyMatch(c -> CONTENT.indexOf(c) >= 0)) {
      return value;
    }
    List<Object> folders = folders();
    if (folders.size() == 1) {
      try {
        Path folder = Path.of(String.valueOf(folders.getFirst())).normalize();
        Path file = folder.resolve(value.strip()).normalize();
        if (file.startsWith(folder)) {
          return file.toString();
        }
      } catch (InvalidPathException e) {
        throw wrong(agent, name, "the content of a file, or the path of one");
      }
    }
    throw wrong(
        agent, name, "the content of a file with its line breaks, or a file of this task's folder");
  }

  private static AgentOsException wrong(AgentDefinition agent, String name, String wanted) {
    return new AgentOsException(
        ErrorCode.INVALID_INPUT,
        "The input '%s' for %s must be %s.".formatted(name, agent.id(), wanted));
  }
}
