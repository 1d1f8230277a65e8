/**
 * Links that tell which campaign a visitor came from, and what Google Analytics makes of them.
 * {@link io.agentos.tools.marketing.links.LinkBuild} is the door.
 *
 * <p>May import {@code api}, {@code tools.report}, {@code tools.table} and the JDK.
 */
@NullMarked
package io.agentos.tools.marketing.links;

import org.jspecify.annotations.NullMarked;
