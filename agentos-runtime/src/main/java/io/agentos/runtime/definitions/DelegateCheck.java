package io.agentos.runtime.definitions;

import io.agentos.api.AgentId;
import io.agentos.api.TaskInput;
import io.agentos.runtime.definitions.StepDefinition.AgentStep;
import io.agentos.runtime.definitions.StepDefinition.ForkStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Checks across packs that whom an agent asks for parts of its work is there, and takes them. */
final class DelegateCheck {
  private final Map<AgentId, AgentDefinition> agents =
      new TreeMap<>((one, other) -> one.toString().compareTo(other.toString()));
  private final Problems problems;

  private DelegateCheck(List<PackDefinition> packs, Problems problems) {
    this.problems = problems;
    packs.forEach(pack -> pack.agents().forEach(agent -> agents.put(agent.id(), agent)));
  }

  static void check(List<PackDefinition> packs, Problems problems) {
    new DelegateCheck(packs, problems).check();
  }

  private void check() {
    for (AgentDefinition agent : agents.values()) {
      agent.delegates().agents().forEach(asked -> mustExist(agent, asked));
      if (agent.body() instanceof WorkflowAgent workflow) {
        parts(workflow).forEach(part -> mustTake(agent, part));
      }
    }
  }

  private static List<AgentStep> parts(WorkflowAgent workflow) {
    List<AgentStep> parts = new ArrayList<>();
    for (StepDefinition step : workflow.steps()) {
      switch (step) {
        case AgentStep part -> parts.add(part);
        case ForkStep fork -> parts.addAll(fork.branches());
        case StepDefinition.ToolStep _, StepDefinition.TemplateStep _ -> {}
      }
    }
    return parts;
  }

  private void mustExist(AgentDefinition agent, AgentId asked) {
    if (!agents.containsKey(asked)) {
      List<String> known = agents.keySet().stream().map(AgentId::toString).toList();
      problem(
          agent,
          "spec.delegates.agents: there is no agent '%s'%s"
              .formatted(asked, Nearest.hint(asked.toString(), known)));
    }
  }

  private void mustTake(AgentDefinition agent, AgentStep part) {
    AgentDefinition asked = agents.get(part.agent());
    if (asked == null) {
      return;
    }
    for (String name : part.input().keySet()) {
      if (!name.equals(TaskInput.TEXT_FIELD) && !asked.inputs().containsKey(name)) {
        problem(
            agent,
            "step '%s': agent '%s' has no input '%s'%s"
                .formatted(
                    part.name(), part.agent(), name, Nearest.hint(name, asked.inputs().keySet())));
      }
    }
    asked
        .inputs()
        .forEach((name, input) -> {
          if (input.required() && !part.input().containsKey(name)) {
            problem(
                agent,
                "step '%s': agent '%s' needs the input '%s'"
                    .formatted(part.name(), part.agent(), name));
          }
        });
  }

  private void problem(AgentDefinition agent, String message) {
    problems.add("%s/agents/%s.yaml".formatted(agent.id().pack(), agent.id().agent()), message);
  }
}
