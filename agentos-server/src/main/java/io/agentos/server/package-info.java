/**
 * The one process: where it begins and where all its parts are put together.
 *
 * <p>May import everything below it: {@code cli}, {@code config}, {@code http}, {@code bench}, the
 * runtime, adapters, tools and the embedded Postgres.
 */
@NullMarked
package io.agentos.server;

import org.jspecify.annotations.NullMarked;
