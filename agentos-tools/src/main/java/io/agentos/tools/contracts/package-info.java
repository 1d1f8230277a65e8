/**
 * Reading contracts by a checklist: clauses that are missing, one-sided or dangerous, and places
 * where the text contradicts itself.
 *
 * <p>{@link io.agentos.tools.contracts.ContractTools} is the door. May import {@code
 * tools.findings}, {@code tools.files}, {@code api}, {@code spi} and the JDK.
 */
@NullMarked
package io.agentos.tools.contracts;

import org.jspecify.annotations.NullMarked;
