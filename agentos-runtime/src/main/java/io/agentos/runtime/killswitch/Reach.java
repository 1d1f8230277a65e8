package io.agentos.runtime.killswitch;

import io.agentos.api.AgentId;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import org.jspecify.annotations.Nullable;

/** What something about to happen touches; a kill switch on any of it stops it. */
public record Reach(
    TenantId tenant,
    TaskId task,
    @Nullable AgentId agent,
    @Nullable String tool,
    @Nullable String provider,
    @Nullable String model) {

  /** A task before it has an agent. */
  public static Reach ofTask(TenantId tenant, TaskId task) {
    return new Reach(tenant, task, null, null, null, null);
  }

  /** The same task, which this agent serves. */
  public Reach ofAgent(AgentId id) {
    return new Reach(tenant, task, id, tool, provider, model);
  }

  /** The same task, about to call a tool. */
  public Reach withTool(String name) {
    return new Reach(tenant, task, agent, name, null, null);
  }

  /** The same task, about to call a model. */
  public Reach withModel(String providerId, String modelName) {
    return new Reach(tenant, task, agent, null, providerId, modelName);
  }
}
