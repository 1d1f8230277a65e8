package io.agentos.runtime.budgets;

import io.agentos.api.AgentId;
import io.agentos.api.Request;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who spends: budgets of the tenant, the agent's pack, the agent, the task and those it comes from
 * cover it.
 */
public record Spender(TenantId tenant, AgentId agent, TaskId task, List<TaskId> ancestors) {

  public Spender {
    ancestors = List.copyOf(ancestors);
  }

  /** A task below no other. */
  public Spender(TenantId tenant, AgentId agent, TaskId task) {
    this(tenant, agent, task, List.of());
  }

  /** An agent at work on a request. */
  public static Spender of(Request request, AgentId agent) {
    return new Spender(request.tenant(), agent, request.task(), request.mandate().ancestors());
  }

  /** The task and those it comes from, as {@code budget_windows_of} wants them. */
  String line() {
    return Stream.concat(Stream.of(task), ancestors.stream())
        .map(TaskId::toString)
        .collect(Collectors.joining(" "));
  }
}
