package io.agentos.spi;

import io.agentos.api.AuditRecord;
import java.util.List;

/**
 * A place outside that wants a copy of the audit log as it grows.
 *
 * <p>Called after entries are durable, in order within a tenant, at least once: what was taken
 * before a crash may come again, under the same numbers. One call at a time on one node; of several
 * nodes, one calls. Thread-safe as far as calls come from different threads, one after the other.
 */
public interface AuditSink {

  /**
   * What its places in the logs are remembered under: 1 to 63 of a-z, 0-9, '-' and '.', beginning
   * with a letter; the same after a restart, and no other sink's.
   */
  String id();

  /**
   * Takes entries of one tenant, each with the number after that of the one before. When it returns
   * they are as safe as this sink makes them, and do not come again; whatever it throws, they do,
   * later. Blocks; an interrupt, which comes after ten seconds, must end it soon.
   */
  void accept(List<AuditRecord> entries);
}
