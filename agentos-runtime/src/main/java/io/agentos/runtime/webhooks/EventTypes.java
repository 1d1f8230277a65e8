package io.agentos.runtime.webhooks;

import java.util.List;

/** The types of events that an endpoint can ask for. */
public final class EventTypes {
  /** Every type. */
  public static final String ALL = "*";

  /** What an operator sends to try an endpoint; comes unasked. */
  public static final String TEST = "webhook.test";

  /** The types of the contract, in its order. */
  public static final List<String> KNOWN =
      List.of(
          "task.created",
          "task.started",
          "task.waiting",
          "task.completed",
          "task.failed",
          "task.denied",
          "task.cancelled",
          "step.intent",
          "step.committed",
          "step.unknown",
          "step.discarded",
          "model.called",
          "model.fallback",
          "tool.called",
          "gate.passed",
          "gate.refused",
          "policy.allowed",
          "policy.denied",
          "approval.requested",
          "approval.decided",
          "approval.expired",
          "approval.consumed",
          "budget.reserved",
          "budget.settled",
          "budget.exceeded",
          "kill.engaged",
          "kill.acknowledged",
          "kill.released",
          "webhook.received",
          "webhook.rejected",
          "pii.redacted",
          "key.created",
          "key.revoked",
          "config.changed",
          "alert.firing",
          "alert.resolved");

  private EventTypes() {}
}
