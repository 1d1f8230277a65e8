/**
 * Tools of MCP servers: programs and services of others that describe their tools themselves. A
 * tool is called only as it was approved; a server that hangs, floods or dies harms nobody else.
 *
 * <p>May import {@code api}, {@code spi}, the JDK, Jackson, and the official MCP SDK with the
 * Reactor it is built on.
 */
@NullMarked
package io.agentos.tools.mcp;

import org.jspecify.annotations.NullMarked;
