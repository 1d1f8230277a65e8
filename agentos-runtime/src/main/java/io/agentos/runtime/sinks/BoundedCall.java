package io.agentos.runtime.sinks;

import io.agentos.api.AuditRecord;
import io.agentos.spi.AuditSink;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Calls a sink, each time on a thread of its own, and waits no longer than is allowed. A call that
 * does not heed its interrupt keeps later ones waiting, so that entries stay in order, and nobody
 * else.
 *
 * <p>Not thread-safe.
 */
final class BoundedCall {
  private final AuditSink sink;
  private final Duration max;
  private @Nullable Thread late;

  BoundedCall(AuditSink sink, Duration max) {
    this.sink = sink;
    this.max = max;
  }

  /** Why the entries were not taken, without what the sink said; empty when they were. */
  String accept(List<AuditRecord> entries) throws InterruptedException {
    if (late != null && late.isAlive()) {
      return "a call has not come back that began more than %s ago".formatted(max);
    }
    late = null;
    AtomicReference<@Nullable String> problem =
        new AtomicReference<>("the call ended without an answer");
    Thread call =
        Thread.ofPlatform()
            .daemon()
            .name("audit-sink-" + sink.id())
            .start(() -> {
              try {
                sink.accept(entries);
                problem.set("");
              } catch (Throwable e) { // Whatever a plugin throws, others go on.
                problem.set("the sink threw " + e.getClass().getName());
              }
            });
    if (!call.join(max)) {
      call.interrupt();
      late = call;
      return "the sink took longer than " + max;
    }
    return String.valueOf(problem.get());
  }
}
