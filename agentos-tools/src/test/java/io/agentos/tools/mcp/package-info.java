/** MCP servers that behave, and those that do not. */
@NullMarked
package io.agentos.tools.mcp;

import org.jspecify.annotations.NullMarked;
