package io.agentos.api;

import java.time.Instant;

/**
 * An entry of the audit log as it is stored.
 *
 * @param sequence its place in its tenant's log, from 1 without a gap
 * @param body the stored text, which begins with its own number and tenant; JSON on one line
 * @param hash SHA-256 over the hash of the entry before (32 zero bytes for the first) and the body,
 *     in hexadecimal
 */
public record AuditRecord(long sequence, Instant at, AuditEntry entry, String body, String hash) {}
