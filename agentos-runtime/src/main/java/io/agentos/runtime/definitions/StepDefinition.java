package io.agentos.runtime.definitions;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.agentos.api.AgentId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One step of a workflow agent. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = StepDefinition.ToolStep.class, name = "tool"),
  @JsonSubTypes.Type(value = StepDefinition.TemplateStep.class, name = "template"),
  @JsonSubTypes.Type(value = StepDefinition.AgentStep.class, name = "agent"),
  @JsonSubTypes.Type(value = StepDefinition.ForkStep.class, name = "fork")
})
public sealed interface StepDefinition {
  /** The step's name, by which later steps refer to its result. */
  String name();

  /**
   * A call of a tool.
   *
   * @param arguments JSON values; the texts among them are templates
   */
  record ToolStep(String name, String tool, Map<String, @Nullable Object> arguments)
      implements StepDefinition {
    public ToolStep {
      arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }

    /** The arguments with the references filled in; see {@link Template}. */
    public Map<String, @Nullable Object> fill(Template.Scope scope) {
      return Template.values(arguments, scope);
    }
  }

  /** A text made of earlier results; its result has no fields. */
  record TemplateStep(String name, String template) implements StepDefinition {
    /** The text with the references filled in; see {@link Template}. */
    public String fill(Template.Scope scope) {
      return Template.text(template, scope);
    }
  }

  /**
   * A part of the work that another agent does, as a task of its own.
   *
   * @param input JSON values, the agent's inputs; the texts among them are templates
   * @param optional whether the work goes on when the agent fails
   */
  record AgentStep(
      String name, AgentId agent, Map<String, @Nullable Object> input, boolean optional)
      implements StepDefinition {
    public AgentStep {
      input = Collections.unmodifiableMap(new LinkedHashMap<>(input));
    }

    /** The input with the references filled in; see {@link Template}. */
    public Map<String, @Nullable Object> fill(Template.Scope scope) {
      return Template.values(input, scope);
    }
  }

  /** Parts that are done side by side; the step is done when all of them are. */
  record ForkStep(String name, List<AgentStep> branches) implements StepDefinition {
    public ForkStep {
      branches = List.copyOf(branches);
    }
  }
}
