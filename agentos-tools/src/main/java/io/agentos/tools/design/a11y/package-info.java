/**
 * Looks over the HTML of a page for what keeps people out, after WCAG 2.2. {@link
 * io.agentos.tools.design.a11y.AccessScan} is the door.
 *
 * <p>May import {@code api}, {@code tools.report}, {@code tools.html}, jsoup and the JDK.
 */
@NullMarked
package io.agentos.tools.design.a11y;

import org.jspecify.annotations.NullMarked;
