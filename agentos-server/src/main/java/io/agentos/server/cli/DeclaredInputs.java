package io.agentos.server.cli;

import io.agentos.runtime.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What the agents that may be asked declare about their inputs. A name that they declare in
 * different ways counts as text, because nobody can know yet which of them is routed to.
 *
 * @param byName type and format of each input
 */
record DeclaredInputs(Map<String, Declaration> byName) {
  /** How an input is declared: the format is empty where none is given. */
  record Declaration(String type, String format) {
    static final Declaration TEXT = new Declaration("string", "");
  }

  static DeclaredInputs of(List<Fields> agents, Predicate<Fields> asked) {
    Map<String, Declaration> byName = new HashMap<>();
    Set<String> doubtful = new HashSet<>();
    for (Fields agent : agents) {
      if (asked.test(agent)) {
        for (var input : agent.in("inputs").json().properties()) {
          Fields told = new Fields(input.getValue());
          Declaration declaration = new Declaration(told.text("type"), told.text("format"));
          Declaration before = byName.put(input.getKey(), declaration);
          if (before != null && !before.equals(declaration)) {
            doubtful.add(input.getKey());
          }
        }
      }
    }
    doubtful.forEach(name -> byName.put(name, Declaration.TEXT));
    return new DeclaredInputs(Map.copyOf(byName));
  }

  /** What is sent for {@code --input name=value}. */
  Object value(String name, String value, InputFiles files) {
    String option = "--input " + name;
    Declaration declaration = byName.getOrDefault(name, Declaration.TEXT);
    if (value.startsWith("@")) {
      return files.content(option, value.substring(1));
    }
    if (declaration.format().equals("file")) {
      Optional<Path> file = files.existing(value);
      return file.isPresent() ? files.content(option, value) : value;
    }
    if (declaration.format().equals("folder")) {
      return files.resolved(option, value).toString();
    }
    return switch (declaration.type()) {
      case "integer", "number", "boolean", "array", "object" -> json(option, declaration, value);
      default -> value;
    };
  }

  /** The name of the one input that is declared as a file; empty when there are none or several. */
  Optional<String> onlyFile() {
    List<String> names =
        byName.entrySet().stream()
            .filter(input -> input.getValue().format().equals("file"))
            .map(Map.Entry::getKey)
            .toList();
    return names.size() == 1 ? Optional.of(names.getFirst()) : Optional.empty();
  }

  private static JsonNode json(String option, Declaration declaration, String value) {
    try {
      return Json.readTree(value.getBytes(StandardCharsets.UTF_8));
    } catch (JacksonException _) {
      throw new CliException(
          ExitCode.USAGE,
          "%s is '%s'; the agent takes JSON of type %s."
              .formatted(option, value, declaration.type()));
    }
  }
}
