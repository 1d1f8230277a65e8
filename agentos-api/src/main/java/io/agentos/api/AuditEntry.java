package io.agentos.api;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Something that is recorded for ever: a decision or an effect.
 *
 * @param type one of the event types of the contract, such as {@code tool.called}
 * @param actor who or what did it, such as {@code key:key_01h…} or {@code
 *     agent:supabase.rls-auditor}
 * @param subject what it was done to, most often a task id
 * @param facts ids, digests, sizes and outcomes; never payloads, personal data or secrets
 */
public record AuditEntry(
    TenantId tenant, String type, String actor, String subject, Map<String, String> facts) {
  public AuditEntry {
    facts = Collections.unmodifiableMap(new TreeMap<>(facts));
  }
}
