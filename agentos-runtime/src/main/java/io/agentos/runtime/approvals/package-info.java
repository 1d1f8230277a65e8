/**
 * Step 6: questions to people, bound to exactly what would run.
 *
 * <p>{@link io.agentos.runtime.approvals.Approvals} asks and takes decisions, {@link
 * io.agentos.runtime.approvals.Grants} holds what was said yes to beforehand, {@link
 * io.agentos.runtime.approvals.Escalations} asks further up what nobody answers.
 *
 * <p>May import {@code api}, {@code state}, {@code tools}, {@code definitions}, {@code durable},
 * {@code killswitch}, {@code identity}, {@code vault}, {@code audit}, {@code store} and {@code
 * json}.
 */
@NullMarked
package io.agentos.runtime.approvals;

import org.jspecify.annotations.NullMarked;
