/**
 * The tools that look over texts, pages and links of a campaign. {@link
 * io.agentos.tools.marketing.MarketingTools} is the door.
 *
 * <p>May import {@code api}, {@code spi}, {@code tools.files}, {@code tools.report} and its own
 * subpackages.
 */
@NullMarked
package io.agentos.tools.marketing;

import org.jspecify.annotations.NullMarked;
