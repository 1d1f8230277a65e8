package io.agentos.runtime.retention;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An order to keep records, as people see it.
 *
 * @param id {@code hld_…}
 * @param target a task's id, {@code PACK.AGENT}, {@code KEY=VALUE} or a subject's name, which a
 *     released hold forgets; empty for the tenant
 */
public record Hold(
    String id,
    String scope,
    String target,
    String reason,
    String placedBy,
    Instant placedAt,
    @Nullable String releasedBy,
    @Nullable Instant releasedAt,
    @Nullable String releaseReason) {

  /**
   * What shall be held.
   *
   * @param by the principal who says so
   */
  public record Order(HoldScope scope, String target, String reason, String by) {}

  /** What somebody is about to destroy. */
  public sealed interface Thing {
    /** A task with its records, by the UUID of its id. */
    record OfTask(java.util.UUID task) implements Thing {}

    /** All that is sealed under the key of a subject, by the name that requests give it. */
    record OfSubject(String name) implements Thing {
      /** Hides the name. */
      @Override
      public String toString() {
        return "a subject";
      }
    }
  }
}
