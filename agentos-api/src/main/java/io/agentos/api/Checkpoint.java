package io.agentos.api;

/** A place in a task where gates look before it goes on. */
public sealed interface Checkpoint {
  Request request();

  /** The agent that is about to act. */
  AgentId agent();

  /** The task begins. */
  record BeforeTask(Request request, AgentId agent) implements Checkpoint {}

  /** A model is about to be called. */
  record BeforeModel(Request request, AgentId agent, ModelRequest call) implements Checkpoint {}

  /** A tool is about to be called. */
  record BeforeTool(Request request, AgentId agent, ToolSpec tool, ToolCall call)
      implements Checkpoint {}

  /** The task is about to answer. */
  record BeforeOutput(Request request, AgentId agent, Output output) implements Checkpoint {}
}
