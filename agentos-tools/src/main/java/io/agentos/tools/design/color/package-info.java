/**
 * Colours as CSS Color Level 4 and 5 write them, how they lie over each other, and how they
 * contrast as WCAG 2.2 counts it.
 *
 * <p>May import {@code design.css} and the JDK.
 */
@NullMarked
package io.agentos.tools.design.color;

import org.jspecify.annotations.NullMarked;
