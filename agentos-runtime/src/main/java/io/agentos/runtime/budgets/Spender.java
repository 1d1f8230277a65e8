package io.agentos.runtime.budgets;

import io.agentos.api.AgentId;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;

/** Who spends: budgets of the tenant, the agent's pack, the agent and the task cover it. */
public record Spender(TenantId tenant, AgentId agent, TaskId task) {}
