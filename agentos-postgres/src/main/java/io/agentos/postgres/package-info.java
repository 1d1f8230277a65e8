/**
 * A real Postgres server as a child process of this JVM, from the binaries on the class path.
 *
 * <p>The public door is {@link io.agentos.postgres.EmbeddedPostgres}. The package knows nothing of
 * AgentOS: it may import the JDK, Commons Compress and XZ for Java, and nothing else.
 */
@NullMarked
package io.agentos.postgres;

import org.jspecify.annotations.NullMarked;
