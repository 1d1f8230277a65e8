/**
 * Reads style sheets as text with places: rules, declarations, at-rules and nesting, after CSS
 * Syntax Level 3 and CSS Nesting. What a declaration means is left to the caller.
 *
 * <p>May import the JDK only.
 */
@NullMarked
package io.agentos.tools.design.css;

import org.jspecify.annotations.NullMarked;
