package io.agentos.runtime.sinks;

import io.agentos.api.AuditRecord;
import io.agentos.api.TenantId;
import io.agentos.spi.AuditSink;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** Remembers what it was told, and does what a test asks before it returns. */
final class Told implements AuditSink {
  private final String id;
  final List<AuditRecord> taken = Collections.synchronizedList(new ArrayList<>());
  volatile Consumer<List<AuditRecord>> then = _ -> {};

  Told(String id) {
    this.id = id;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public void accept(List<AuditRecord> entries) {
    taken.addAll(entries);
    then.accept(entries);
  }

  List<Long> of(TenantId tenant) {
    return taken.stream()
        .filter(entry -> entry.entry().tenant().equals(tenant))
        .map(AuditRecord::sequence)
        .toList();
  }

  /** As a sink that does not heed its interrupt. */
  static void uninterruptibly(CountDownLatch latch) {
    boolean waiting = true;
    while (waiting) {
      try {
        latch.await();
        waiting = false;
      } catch (InterruptedException _) {
        // Not heeded.
      }
    }
  }
}
