/**
 * What the server is told before it starts: one record per section, from defaults, {@code
 * agentos.yaml}, the environment and flags, checked as a whole before anything is opened.
 *
 * <p>May import {@code api}, the runtime's {@code json}, {@code definitions}, {@code catalogue},
 * {@code identity} and {@code killswitch}, and Jackson's YAML reader.
 */
@NullMarked
package io.agentos.server.config;

import org.jspecify.annotations.NullMarked;
