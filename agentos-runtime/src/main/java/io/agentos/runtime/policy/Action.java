package io.agentos.runtime.policy;

import io.agentos.api.Request;
import io.agentos.api.ToolCall;
import io.agentos.api.ToolSpec;
import io.agentos.runtime.definitions.AgentDefinition;

/**
 * A tool call that an agent wants to make.
 *
 * @param call with the arguments it would be made with
 */
public record Action(
    Request request, AgentDefinition agent, ToolSpec tool, ToolCall call, Progress progress) {}
