package io.agentos.api;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks: one task.
 *
 * @param principal who asked, such as {@code key:key_01h…}; the agent itself only for a task below
 *     its own
 * @param target what the caller said about who should do it
 * @param priority 0 to 9, higher first
 * @param deadline when the answer loses its worth; null for none
 * @param limits bounds the caller sets; null for none beyond policy and agent
 * @param labels at most {@value #LABELS_MAX} names with values, for finding tasks again
 * @param parent the task that asked for this one; null for none
 * @param mandate on whose behalf it runs; of a stored task the whole line
 */
public record Request(
    TenantId tenant,
    TaskId task,
    String principal,
    Target target,
    TaskInput input,
    int priority,
    @Nullable Instant deadline,
    @Nullable Limits limits,
    Map<String, String> labels,
    @Nullable TaskId parent,
    Mandate mandate) {
  /** The priority of a request that names none. */
  public static final int PRIORITY_DEFAULT = 5;

  /** How many labels a task may carry. */
  public static final int LABELS_MAX = 32;

  /** What the caller said about who should do it: each part may be absent. */
  public record Target(@Nullable String pack, @Nullable String agent, @Nullable String type) {}

  /** A request of which nobody wrote down what its principal holds. */
  public Request(
      TenantId tenant,
      TaskId task,
      String principal,
      Target target,
      TaskInput input,
      int priority,
      @Nullable Instant deadline,
      @Nullable Limits limits,
      Map<String, String> labels,
      @Nullable TaskId parent) {
    this(
        tenant,
        task,
        principal,
        target,
        input,
        priority,
        deadline,
        limits,
        labels,
        parent,
        Mandate.of(principal));
  }

  // Not compact: a stored request of before there were mandates has none.
  public Request(
      TenantId tenant,
      TaskId task,
      String principal,
      Target target,
      TaskInput input,
      int priority,
      @Nullable Instant deadline,
      @Nullable Limits limits,
      Map<String, String> labels,
      @Nullable TaskId parent,
      @Nullable Mandate mandate) {
    if (priority < 0 || priority > 9) {
      throw new AgentOsException(
          ErrorCode.INVALID_REQUEST, "priority is " + priority + "; allowed is 0 to 9.");
    }
    if (labels.size() > LABELS_MAX) {
      throw new AgentOsException(
          ErrorCode.INVALID_REQUEST,
          "%d labels; allowed are %d.".formatted(labels.size(), LABELS_MAX));
    }
    this.tenant = tenant;
    this.task = task;
    this.principal = principal;
    this.target = target;
    this.input = input;
    this.priority = priority;
    this.deadline = deadline;
    this.limits = limits;
    this.labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    this.parent = parent;
    this.mandate = mandate == null ? Mandate.of(principal) : mandate;
  }

  /** The same on behalf of others, within other bounds. */
  public Request under(Mandate other, @Nullable Limits bounds) {
    return new Request(
        tenant, task, principal, target, input, priority, deadline, bounds, labels, parent, other);
  }
}
