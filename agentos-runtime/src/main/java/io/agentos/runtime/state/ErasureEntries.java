package io.agentos.runtime.state;

import io.agentos.api.AuditEntry;
import io.agentos.api.ErasureId;
import io.agentos.api.HoldId;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the audit log has of erasures. Stateless. */
final class ErasureEntries {
  private ErasureEntries() {}

  /** A stage of an erasure; null where no hold is part of it. */
  static AuditEntry of(
      TenantId tenant, String by, ErasureId id, String stage, @Nullable UUID hold) {
    Map<String, String> facts = facts(stage);
    if (hold != null) {
      facts.put("hold", new HoldId(hold).toString());
    }
    return new AuditEntry(tenant, "config.changed", by, id.toString(), facts);
  }

  /** An erasure that was not begun, for this hold. */
  static AuditEntry refused(TenantId tenant, String by, HoldId hold) {
    return new AuditEntry(tenant, "config.changed", by, hold.toString(), facts("refused"));
  }

  /** A task that ends because what it is about is being erased. */
  static AuditEntry cancelled(TenantId tenant, String by, TaskId task, String stage) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("stage", stage);
    facts.put("why", "erasure");
    return new AuditEntry(tenant, "task.cancelled", by, task.toString(), facts);
  }

  private static Map<String, String> facts(String stage) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("kind", "erasure");
    facts.put("stage", stage);
    return facts;
  }
}
