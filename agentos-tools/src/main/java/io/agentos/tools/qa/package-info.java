/**
 * The tools about tests and their results. {@link io.agentos.tools.qa.QaTools} is the door.
 *
 * <p>May import {@code api}, {@code spi}, {@code tools.files}, {@code tools.report} and its own
 * subpackages.
 */
@NullMarked
package io.agentos.tools.qa;

import org.jspecify.annotations.NullMarked;
