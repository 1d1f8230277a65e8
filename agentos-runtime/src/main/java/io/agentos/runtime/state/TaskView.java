package io.agentos.runtime.state;

import io.agentos.api.Output;
import io.agentos.api.Usage;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A task as callers see it; the names of its fields are part of the contract. */
public record TaskView(
    String id,
    String tenant,
    String state,
    @Nullable String waitingFor,
    @Nullable String pack,
    @Nullable String agent,
    @Nullable String type,
    int priority,
    @Nullable Instant deadline,
    Object input,
    @Nullable Output output,
    @Nullable Problem error,
    Usage usage,
    Map<String, String> labels,
    @Nullable String parent,
    int attempt,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    Definition definition) {

  /** What is shown in place of a text that was erased. */
  public static final String ERASED = "(erased)";

  /** Why a task did not complete. */
  public record Problem(String code, String detail) {}

  /** What the task is pinned to; null until it was routed. */
  public record Definition(@Nullable String packVersion, @Nullable String policyVersion) {}
}
