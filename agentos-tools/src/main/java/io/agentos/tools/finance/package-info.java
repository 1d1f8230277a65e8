/**
 * The tools about money in tables. {@link io.agentos.tools.finance.FinanceTools} is the door.
 *
 * <p>May import {@code api}, {@code spi}, {@code tools.files}, {@code tools.report} and its own
 * subpackages.
 */
@NullMarked
package io.agentos.tools.finance;

import org.jspecify.annotations.NullMarked;
