/**
 * Webhooks in both directions: signed deliveries of others become tasks, once each; endpoints of
 * others are told of events, at least once each.
 *
 * <p>{@link io.agentos.runtime.webhooks.Webhooks} is the door. May import {@code state}, {@code
 * vault}, {@code audit}, {@code egress}, {@code store}, {@code json}, {@code api} and {@code spi}.
 */
@NullMarked
package io.agentos.runtime.webhooks;

import org.jspecify.annotations.NullMarked;
