/**
 * Pages of HTML, read with jsoup within bounds of size and depth.
 *
 * <p>May import {@code api}, {@code tools.report}, jsoup and the JDK.
 */
@NullMarked
package io.agentos.tools.html;

import org.jspecify.annotations.NullMarked;
