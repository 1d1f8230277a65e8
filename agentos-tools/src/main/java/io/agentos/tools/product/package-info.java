/**
 * The tools that look over backlogs and product requirements. {@link
 * io.agentos.tools.product.ProductTools} is the door.
 *
 * <p>May import {@code api}, {@code spi}, {@code tools.files}, {@code tools.report} and its own
 * subpackages.
 */
@NullMarked
package io.agentos.tools.product;

import org.jspecify.annotations.NullMarked;
