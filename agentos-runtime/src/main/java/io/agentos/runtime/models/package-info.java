/**
 * Step 7: which provider and model answers a call, and what it cost.
 *
 * <p>{@link io.agentos.runtime.models.ModelRouter} is the door. {@code Chooser} puts candidates in
 * order, {@code ModelStep} makes one attempt a step of the task, {@code ModelCaller} makes the call
 * within circuits ({@code Health}) and limits ({@code RateLimiter}), {@code ModelSpending} decides
 * whether it can be paid, {@code ModelBill} books it.
 *
 * <p>May import {@code api}, {@code spi}, {@code policy}, {@code budgets}, {@code catalogue},
 * {@code privacy}, {@code redaction}, {@code costs}, {@code definitions}, {@code durable}, {@code
 * killswitch}, {@code vault}, {@code store} and {@code json}.
 */
@NullMarked
package io.agentos.runtime.models;

import org.jspecify.annotations.NullMarked;
