package io.agentos.runtime.state;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A step of a task as callers see it.
 *
 * @param state {@code intent, committed, failed, unknown, discarded}, or {@code waiting} while an
 *     approval or a timer is awaited
 * @param about what was to be done outside: tool or model, digest and idempotency key; empty for
 *     steps without an effect
 * @param result what came of it; null when nothing did
 * @param error why the last attempt failed; null when it did not
 */
public record StepView(
    int position,
    String name,
    String state,
    int attempts,
    Map<String, @Nullable Object> about,
    @Nullable JsonNode result,
    @Nullable JsonNode error,
    @Nullable JsonNode usage,
    Instant startedAt,
    @Nullable Instant endedAt) {}
