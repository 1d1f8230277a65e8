package io.agentos.runtime.definitions;

import io.agentos.api.AgentOsException;
import io.agentos.api.TaskInput;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks that the references of templates lead to declared inputs and to earlier steps.
 *
 * @param inputs the names of the declared inputs
 * @param steps the steps before the one that is checked; grows as they are read
 */
record TemplateCheck(Set<String> inputs, List<StepDefinition> steps) {

  /** Checks all texts in the value of {@code key}, at any depth. */
  void value(Section section, String key, @Nullable Object value) {
    switch (value) {
      case String text -> text(section, key, text);
      case Map<?, ?> map -> map.values().forEach(member -> value(section, key, member));
      case List<?> list -> list.forEach(item -> value(section, key, item));
      case null -> {}
      case Object _ -> {}
    }
  }

  private void text(Section section, String key, String template) {
    try {
      for (Reference reference : TemplateParts.of(template).references()) {
        objection(reference).ifPresent(message -> section.problem(key, message));
      }
    } catch (AgentOsException e) {
      section.problem(key, e.detail());
    }
  }

  private Optional<String> objection(Reference reference) {
    String name = reference.name();
    if (reference.root().equals(Reference.INPUT)) {
      Set<String> known = new LinkedHashSet<>(inputs);
      known.add(TaskInput.TEXT_FIELD);
      return known.contains(name) ? Optional.empty() : unknown("input", name, known);
    }
    for (StepDefinition step : steps) {
      if (step.name().equals(name)) {
        return fieldsOfTemplate(step, reference)
            ? Optional.of(
                "found fields of step '%s', which is a template; allowed: its text".formatted(name))
            : Optional.empty();
      }
    }
    return unknown(
        "earlier step", name, steps.stream().map(StepDefinition::name).distinct().toList());
  }

  private static boolean fieldsOfTemplate(StepDefinition step, Reference reference) {
    return step instanceof StepDefinition.TemplateStep
        && reference.path().get(1).equals(Reference.FIELDS);
  }

  private static Optional<String> unknown(String what, String name, Collection<String> known) {
    return Optional.of(
        "found a reference to the unknown %s '%s'; allowed: %s%s"
            .formatted(
                what,
                name,
                known.isEmpty() ? "none, this is the first" : String.join(", ", known),
                Nearest.hint(name, known)));
  }
}
