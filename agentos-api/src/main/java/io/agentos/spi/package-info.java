/**
 * What plugins implement: providers, tools, gates and audit sinks, one file each.
 *
 * <p>May import {@code io.agentos.api} and the JDK. A plugin in the JVM is fully trusted: Java has
 * no sandbox for it. Code that is not trusted runs out of process.
 */
@NullMarked
package io.agentos.spi;

import org.jspecify.annotations.NullMarked;
