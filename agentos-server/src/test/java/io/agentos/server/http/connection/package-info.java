/** Tests of bounded connections, over real sockets. */
@NullMarked
package io.agentos.server.http.connection;

import org.jspecify.annotations.NullMarked;
