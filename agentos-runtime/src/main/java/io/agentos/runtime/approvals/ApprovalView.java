package io.agentos.runtime.approvals;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An approval as people see it: the raw arguments, never the model's prose alone.
 *
 * @param step the step of the task that waits
 * @param digest what a decision must repeat, so that nobody approves what was not shown
 * @param editedArguments what shall run instead; null unless somebody edited
 */
public record ApprovalView(
    String id,
    String task,
    String step,
    String state,
    String agent,
    String tool,
    String zone,
    Map<String, @Nullable Object> arguments,
    String reason,
    String rule,
    String requester,
    String digest,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt,
    @Nullable String comment,
    @Nullable Map<String, @Nullable Object> editedArguments,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Instant consumedAt) {}
