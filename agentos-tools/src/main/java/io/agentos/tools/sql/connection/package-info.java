/**
 * Connections to PostgreSQL with bounds: how long a server may be silent, and how much it may send.
 *
 * <p>May import the JDK, {@code java.sql} and the driver of PostgreSQL.
 */
@NullMarked
package io.agentos.tools.sql.connection;

import org.jspecify.annotations.NullMarked;
