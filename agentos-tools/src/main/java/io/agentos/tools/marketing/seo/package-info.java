/**
 * Holds the HTML of a page against what search engines publish about pages. {@link
 * io.agentos.tools.marketing.seo.SeoAudit} is the door.
 *
 * <p>May import {@code api}, {@code tools.report}, {@code tools.html}, jsoup, Jackson and the JDK.
 */
@NullMarked
package io.agentos.tools.marketing.seo;

import org.jspecify.annotations.NullMarked;
