package io.agentos.runtime.definitions;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.runtime.definitions.StepDefinition.AgentStep;
import io.agentos.runtime.definitions.StepDefinition.ForkStep;
import io.agentos.runtime.definitions.StepDefinition.TemplateStep;
import io.agentos.runtime.definitions.StepDefinition.ToolStep;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a workflow agent does, step by step.
 *
 * <p>Not thread-safe.
 */
final class StepReader {
  private final AgentId own;
  private final Section spec;
  private final List<String> tools;
  private final Delegates delegates;
  private final TemplateCheck check;

  /** The steps read so far, branches of forks among them; what templates may refer to. */
  private final List<StepDefinition> known = new ArrayList<>();

  private final Set<String> names = new HashSet<>();

  StepReader(AgentId own, Section spec, Set<String> inputs, Delegates delegates) {
    this.own = own;
    this.spec = spec;
    this.tools = spec.texts("tools");
    this.delegates = delegates;
    this.check = new TemplateCheck(inputs, known);
  }

  WorkflowAgent workflow() {
    List<StepDefinition> steps = new ArrayList<>();
    for (Section section : spec.sections("steps")) {
      StepDefinition step = step(section);
      mustBeNew(section, step.name());
      steps.add(step);
      known.add(step);
      if (step instanceof ForkStep fork) {
        known.addAll(fork.branches());
      }
    }
    return new WorkflowAgent(steps, output(steps.getLast()));
  }

  private void mustBeNew(Section section, String name) {
    if (!names.add(name)) {
      section.problem("name", "found '%s' a second time; allowed: each name once".formatted(name));
    }
  }

  private StepDefinition step(Section section) {
    String name = section.text("name");
    if (section.has("template")) {
      check.value(section, "template", section.plain("template"));
      return new TemplateStep(name, section.text("template"));
    }
    if (section.has("agent")) {
      return agent(section);
    }
    return section.has("fork") ? fork(name, section) : tool(name, section);
  }

  private ToolStep tool(String name, Section section) {
    String tool = section.text("tool");
    if (!tools.contains(tool)) {
      section.problem("tool", AgentReader.unknown("tool", tool, tools));
    }
    Map<String, @Nullable Object> arguments = section.plainMembers("arguments");
    check.value(section, "arguments", arguments);
    return new ToolStep(name, tool, arguments);
  }

  private AgentStep agent(Section section) {
    AgentId agent = Delegates.id(own, section.text("agent"));
    if (!delegates.agents().contains(agent)) {
      List<String> declared = delegates.agents().stream().map(AgentId::toString).toList();
      section.problem("agent", AgentReader.unknown("delegate", agent.toString(), declared));
    }
    Map<String, @Nullable Object> input = section.plainMembers("input");
    check.value(section, "input", input);
    return new AgentStep(section.text("name"), agent, input, section.flag("optional"));
  }

  private ForkStep fork(String name, Section section) {
    List<AgentStep> branches = new ArrayList<>();
    for (Section branch : section.sections("fork")) {
      AgentStep step = agent(branch);
      mustBeNew(branch, step.name());
      branches.add(step);
    }
    if (branches.size() > delegates.atOnceMax()) {
      section.problem(
          "fork",
          "found %d branches; allowed: %d, as spec.delegates.atOnceMax says"
              .formatted(branches.size(), delegates.atOnceMax()));
    }
    return new ForkStep(name, branches);
  }

  private OutputTemplate output(StepDefinition last) {
    Section output = spec.section("output");
    if (!spec.has("output")) {
      String reference = "${steps." + last.name();
      return new OutputTemplate(
          reference + ".text}", last instanceof TemplateStep ? null : reference + ".fields}");
    }
    Object fields = output.plain("fields");
    check.value(output, "text", output.text("text"));
    check.value(output, "fields", fields);
    if (fields instanceof String text && !whole(text)) {
      output.problem(
          "fields", "found %s; allowed: one reference, or a map".formatted(Problems.quoted(text)));
    }
    return new OutputTemplate(output.text("text"), fields);
  }

  private static boolean whole(String template) {
    try {
      return TemplateParts.of(template).whole() != null;
    } catch (AgentOsException e) {
      return true; // the check of the template has told it
    }
  }
}
