/**
 * A real Postgres for tests.
 *
 * <p>May import {@code io.agentos.postgres} and JUnit.
 */
@NullMarked
package io.agentos.testkit.postgres;

import org.jspecify.annotations.NullMarked;
