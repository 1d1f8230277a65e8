package io.agentos.runtime.durable;

import io.agentos.api.TaskId;
import io.agentos.api.TenantId;

/** The name of a task across tenants. */
public record TaskRef(TenantId tenant, TaskId task) {}
