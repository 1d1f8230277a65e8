/**
 * Checking what a project depends on, from its manifests and lock files alone: nothing is asked of
 * a registry.
 *
 * <p>{@link io.agentos.tools.dependencies.DependencyTools} is the door. May import {@code
 * tools.code}, {@code tools.findings}, {@code tools.files}, {@code api}, {@code spi}, Jackson and
 * the JDK.
 */
@NullMarked
package io.agentos.tools.dependencies;

import org.jspecify.annotations.NullMarked;
