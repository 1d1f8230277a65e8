/**
 * Connections that cannot hang and cannot flood: each request is read within a time and a size, and
 * each answer is taken within a time, or the connection is closed.
 *
 * <p>May import Helidon and the JDK.
 */
@NullMarked
package io.agentos.server.http.connection;

import org.jspecify.annotations.NullMarked;
