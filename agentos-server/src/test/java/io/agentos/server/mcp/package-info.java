/** MCP against others: the reference server, the official client, the conformance suite. */
@NullMarked
package io.agentos.server.mcp;

import org.jspecify.annotations.NullMarked;
