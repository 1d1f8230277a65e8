package io.agentos.api;

/** A place in a task where gates look before it goes on. */
public sealed interface Checkpoint {
  Request request();

  /** The agent that is about to act. */
  AgentId agent();

  /** What the task has read so far. */
  default Seen seen() {
    return Seen.NONE;
  }

  /** The task begins. */
  record BeforeTask(Request request, AgentId agent) implements Checkpoint {}

  /** A model is about to be called; what tools answered stands in the messages of the call. */
  record BeforeModel(Request request, AgentId agent, ModelRequest call) implements Checkpoint {}

  /** A tool is about to be called. */
  record BeforeTool(Request request, AgentId agent, ToolSpec tool, ToolCall call, Seen seen)
      implements Checkpoint {
    /** A call before which nothing was read. */
    public BeforeTool(Request request, AgentId agent, ToolSpec tool, ToolCall call) {
      this(request, agent, tool, call, Seen.NONE);
    }
  }

  /** The task is about to answer. */
  record BeforeOutput(Request request, AgentId agent, Output output, Seen seen)
      implements Checkpoint {
    /** An answer before which nothing was read. */
    public BeforeOutput(Request request, AgentId agent, Output output) {
      this(request, agent, output, Seen.NONE);
    }
  }
}
