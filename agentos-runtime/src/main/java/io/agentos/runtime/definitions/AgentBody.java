package io.agentos.runtime.definitions;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What leads an agent: a model, or declared steps. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = LlmAgent.class, name = "llm"),
  @JsonSubTypes.Type(value = WorkflowAgent.class, name = "workflow")
})
public sealed interface AgentBody permits LlmAgent, WorkflowAgent {}
