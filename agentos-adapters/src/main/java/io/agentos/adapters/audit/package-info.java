/**
 * Places outside that copies of the audit log go to.
 *
 * <p>May import {@code api}, {@code spi} and the JDK.
 */
@NullMarked
package io.agentos.adapters.audit;

import org.jspecify.annotations.NullMarked;
