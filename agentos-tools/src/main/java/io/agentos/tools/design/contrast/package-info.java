/**
 * Computes what a page's style sheets make of its texts, and holds the colours against WCAG 2.2.
 * {@link io.agentos.tools.design.contrast.ContrastAudit} is the door.
 *
 * <p>May import {@code api}, {@code tools.report}, {@code design.css}, {@code design.color}, jsoup
 * and the JDK.
 */
@NullMarked
package io.agentos.tools.design.contrast;

import org.jspecify.annotations.NullMarked;
