/**
 * The benchmarks behind {@code agentos bench}: each compares within one run, on one Postgres, and
 * prints ratios, for machines are noisy.
 *
 * <p>May import {@code bench.gateway}, the runtime, {@code io.agentos.postgres} and the verifier of
 * {@code cli}.
 */
@NullMarked
package io.agentos.server.bench;

import org.jspecify.annotations.NullMarked;
