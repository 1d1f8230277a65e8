/**
 * The tools that look over pages, style sheets and design tokens. {@link
 * io.agentos.tools.design.DesignTools} is the door.
 *
 * <p>May import {@code api}, {@code spi}, {@code tools.files}, {@code tools.report} and its own
 * subpackages.
 */
@NullMarked
package io.agentos.tools.design;

import org.jspecify.annotations.NullMarked;
