/**
 * Comma-separated values as RFC 4180 has them, and as spreadsheets write them: other separators,
 * byte order marks, line ends of all systems.
 *
 * <p>May import {@code tools.files}, {@code api} and the JDK.
 */
@NullMarked
package io.agentos.tools.csv;

import org.jspecify.annotations.NullMarked;
