package io.agentos.tools.mcp;

import io.agentos.api.ToolSpec;

/**
 * A tool of a server as it was approved.
 *
 * @param remote what the server calls it
 * @param sha256 of what was approved
 * @param spec what we say of it
 */
public record McpOffer(String remote, String sha256, ToolSpec spec) {}
