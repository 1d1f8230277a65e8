package io.agentos.runtime.definitions;

import io.agentos.api.AgentOsException;
import io.agentos.api.AgentOsException.FieldError;
import io.agentos.api.ErrorCode;
import io.agentos.api.TaskInput;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks a task's input against what an agent declares. A null counts as absent. */
final class InputCheck {
  private static final int ERRORS_MAX = 20;
  private static final String ROOT = "input";

  private final AgentDefinition agent;
  private final Map<String, @Nullable Object> input;
  private final List<FieldError> errors = new ArrayList<>();

  private InputCheck(AgentDefinition agent, Map<String, @Nullable Object> input) {
    this.agent = agent;
    this.input = input;
  }

  /**
   * @throws AgentOsException INVALID_INPUT with one field error for each problem
   */
  static void check(AgentDefinition agent, TaskInput input) {
    InputCheck check = new InputCheck(agent, input.asFields());
    check.unknown();
    check.text();
    agent.inputs().forEach(check::declared);
    check.exactlyOneOf();
    if (!check.errors.isEmpty()) {
      throw check.failure();
    }
  }

  /** The names of the given inputs that the agent does not have. */
  static List<String> unknown(AgentDefinition agent, Set<String> given) {
    return given.stream()
        .filter(name -> !name.equals(TaskInput.TEXT_FIELD) && !agent.inputs().containsKey(name))
        .toList();
  }

  /**
   * What the agent needs that is not given: names, or {@code a or b} where it wants one of them.
   */
  static List<String> missing(AgentDefinition agent, Set<String> given) {
    List<String> missing = new ArrayList<>();
    agent
        .inputs()
        .forEach((name, input) -> {
          if (input.required() && !given.contains(name)) {
            missing.add(name);
          }
        });
    if (!agent.exactlyOneOf().isEmpty()
        && agent.exactlyOneOf().stream().noneMatch(given::contains)) {
      missing.add(String.join(" or ", agent.exactlyOneOf()));
    }
    return missing;
  }

  private void unknown() {
    Set<String> known = new LinkedHashSet<>(agent.inputs().keySet());
    known.add(TaskInput.TEXT_FIELD);
    for (String name : input.keySet()) {
      if (!known.contains(name)) {
        add(
            name,
            "unknown input; allowed: %s%s"
                .formatted(String.join(", ", known), Nearest.hint(name, known)));
      }
    }
  }

  private void text() {
    Object text = input.get(TaskInput.TEXT_FIELD);
    if (!agent.inputs().containsKey(TaskInput.TEXT_FIELD)
        && text != null
        && !(text instanceof String)) {
      add(TaskInput.TEXT_FIELD, "must be a string, and is " + InputDefinition.typeOf(text));
    }
  }

  private void declared(String name, InputDefinition definition) {
    Object value = input.get(name);
    if (value == null) {
      if (definition.required()) {
        add(name, "is required: " + definition.description());
      }
      return;
    }
    if (!definition.fits(value)) {
      add(
          name,
          "must be %s, and is %s"
              .formatted(definition.type().article(), InputDefinition.typeOf(value)));
    } else if (definition.required() && value instanceof String text && text.isBlank()) {
      add(name, "is required, and is blank: " + definition.description());
    }
  }

  private void exactlyOneOf() {
    List<String> given =
        agent.exactlyOneOf().stream().filter(name -> input.get(name) != null).toList();
    if (!agent.exactlyOneOf().isEmpty() && given.size() != 1) {
      String found = given.isEmpty() ? "none" : String.join(" and ", given);
      errors.add(
          new FieldError(
              ROOT,
              "needs exactly one of %s, and has %s"
                  .formatted(String.join(", ", agent.exactlyOneOf()), found)));
    }
  }

  private void add(String name, String message) {
    errors.add(new FieldError(Document.member(ROOT, name), message));
  }

  private AgentOsException failure() {
    List<FieldError> shown = errors.subList(0, Math.min(ERRORS_MAX, errors.size()));
    String told =
        shown.stream()
            .map(error -> error.path() + " " + error.message())
            .collect(Collectors.joining("; "));
    String more =
        errors.size() > shown.size() ? "; and " + (errors.size() - shown.size()) + " more" : "";
    return AgentOsException.ofFields(
        ErrorCode.INVALID_INPUT,
        "The input does not fit agent %s: %s%s.".formatted(agent.id(), told, more),
        shown);
  }
}
