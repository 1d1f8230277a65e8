package io.agentos.runtime.sinks;

import io.agentos.api.AuditEntry;
import io.agentos.api.TenantId;
import io.agentos.runtime.TestStore;
import java.util.List;
import java.util.Map;

/** Audit logs that a test lets grow. */
record GrowingLog(TestStore store) {
  void append(TenantId tenant, int entries) {
    for (int i = 0; i < entries; i++) {
      AuditEntry entry =
          new AuditEntry(
              tenant, "tool.called", "system:test", "task_1", Map.of("bird", "owl-" + i));
      store.database().inTenantDo(tenant, tx -> store.audit().append(tx, List.of(entry)));
    }
  }

  long head(TenantId tenant) {
    return store
        .database()
        .inTenant(
            tenant,
            tx ->
                tx.queryOne(
                        "select seq from chain_head where tenant_id = ?",
                        row -> row.longNumber("seq"),
                        tenant.value())
                    .orElseThrow());
  }
}
