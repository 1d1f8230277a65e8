/**
 * What the checking tools have in common: findings with place, reason and remedy, and the page and
 * fields they are told in.
 *
 * <p>May import {@code tools.files}, {@code api} and the JDK.
 */
@NullMarked
package io.agentos.tools.findings;

import org.jspecify.annotations.NullMarked;
