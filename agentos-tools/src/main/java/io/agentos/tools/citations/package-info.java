/**
 * Checking the citations of a text against its references, in BibTeX or in a list at its end.
 *
 * <p>{@link io.agentos.tools.citations.CitationTools} is the door. May import {@code
 * tools.findings}, {@code tools.files}, {@code api}, {@code spi} and the JDK.
 */
@NullMarked
package io.agentos.tools.citations;

import org.jspecify.annotations.NullMarked;
