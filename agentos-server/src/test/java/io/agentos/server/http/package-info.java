/** Tests of the HTTP API, over real sockets on a real Postgres. */
@NullMarked
package io.agentos.server.http;

import org.jspecify.annotations.NullMarked;
