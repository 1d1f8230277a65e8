/**
 * Scores a backlog by RICE. {@link io.agentos.tools.product.backlog.BacklogScore} is the door.
 *
 * <p>May import {@code api}, {@code tools.report}, {@code tools.table} and the JDK.
 */
@NullMarked
package io.agentos.tools.product.backlog;

import org.jspecify.annotations.NullMarked;
