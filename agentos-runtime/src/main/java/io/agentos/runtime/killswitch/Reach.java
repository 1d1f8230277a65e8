package io.agentos.runtime.killswitch;

import io.agentos.api.AgentId;
import io.agentos.api.Request;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What something about to happen touches; a kill switch on any of it stops it.
 *
 * @param ancestors the tasks that the task comes from: what stops one of them stops it
 */
public record Reach(
    TenantId tenant,
    TaskId task,
    List<TaskId> ancestors,
    @Nullable AgentId agent,
    @Nullable String tool,
    @Nullable String provider,
    @Nullable String model) {

  public Reach {
    ancestors = List.copyOf(ancestors);
  }

  /** A task below no other, before it has an agent. */
  public static Reach ofTask(TenantId tenant, TaskId task) {
    return new Reach(tenant, task, List.of(), null, null, null, null);
  }

  /** A task before it has an agent. */
  public static Reach of(Request request) {
    return new Reach(
        request.tenant(), request.task(), request.mandate().ancestors(), null, null, null, null);
  }

  /** The same task, which this agent serves. */
  public Reach ofAgent(AgentId id) {
    return new Reach(tenant, task, ancestors, id, tool, provider, model);
  }

  /** The same task, about to call a tool. */
  public Reach withTool(String name) {
    return new Reach(tenant, task, ancestors, agent, name, null, null);
  }

  /** The same task, about to call a model. */
  public Reach withModel(String providerId, String modelName) {
    return new Reach(tenant, task, ancestors, agent, null, providerId, modelName);
  }
}
