package io.agentos.spi;

import io.agentos.api.AuditEntry;

/**
 * A place outside that wants a copy of the audit log as it grows.
 *
 * <p>Called after the entry is durable, in order within a tenant, at least once.
 */
public interface AuditSink {

  /** Takes the entry with its place in the tenant's log, counted from 1. */
  void accept(long sequence, AuditEntry entry);
}
