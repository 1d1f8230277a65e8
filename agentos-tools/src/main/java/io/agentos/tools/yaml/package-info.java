/**
 * YAML 1.2 as a tree that knows its lines: several documents, aliases and merge keys, all bounded.
 *
 * <p>May import {@code tools.files}, {@code api}, snakeyaml-engine and the JDK.
 */
@NullMarked
package io.agentos.tools.yaml;

import org.jspecify.annotations.NullMarked;
