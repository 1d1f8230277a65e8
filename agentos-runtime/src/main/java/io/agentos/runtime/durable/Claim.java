package io.agentos.runtime.durable;

import io.agentos.api.Request;
import io.agentos.runtime.vault.TaskKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task as its owner holds it.
 *
 * @param key seals what the task says
 * @param now the database's time of the claim
 * @param attempt how often it was started after a crash, from 1
 * @param cancelReason not null when someone cancelled it
 * @param signalsSeen how many signals had been sent by the time of the claim
 * @param signals what was sent, by name, as JSON
 */
record Claim(
    TaskRef ref,
    TaskKey key,
    Request request,
    String program,
    long epoch,
    Instant now,
    int attempt,
    @Nullable String cancelReason,
    int signalsSeen,
    Map<String, String> signals,
    List<Entry> journal) {}
