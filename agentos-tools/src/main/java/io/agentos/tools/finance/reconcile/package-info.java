/**
 * Matches the entries of a ledger with those of a statement, to the cent, and proves the
 * difference. {@link io.agentos.tools.finance.reconcile.Reconciliation} is the door.
 *
 * <p>May import {@code api}, {@code tools.report}, {@code tools.table} and the JDK.
 */
@NullMarked
package io.agentos.tools.finance.reconcile;

import org.jspecify.annotations.NullMarked;
