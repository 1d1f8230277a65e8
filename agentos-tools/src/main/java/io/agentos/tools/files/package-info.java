/**
 * Reading a folder that a user named, and nothing else: allowed roots, a confined workspace,
 * bounded walks, and the tools {@code files.list}, {@code files.read} and {@code files.search}.
 *
 * <p>May import {@code api}, {@code spi} and the JDK.
 */
@NullMarked
package io.agentos.tools.files;

import org.jspecify.annotations.NullMarked;
