/**
 * What tools that look something over have in common: texts as given by the caller, findings with
 * place, reason and repair, and the page and the fields that tell of them.
 *
 * <p>May import {@code api}, {@code spi}, {@code tools.files}, Jackson and the JDK.
 */
@NullMarked
package io.agentos.tools.report;

import org.jspecify.annotations.NullMarked;
