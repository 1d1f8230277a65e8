/**
 * Finds tests that pass and fail by chance, in the JUnit reports of many runs. {@link
 * io.agentos.tools.qa.flaky.FlakyFinder} is the door.
 *
 * <p>May import {@code api}, {@code spi}, {@code tools.files}, {@code tools.report} and the JDK.
 */
@NullMarked
package io.agentos.tools.qa.flaky;

import org.jspecify.annotations.NullMarked;
