package io.agentos.server;

import io.agentos.api.AuditEntry;
import io.agentos.api.TenantId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.store.Database;
import io.agentos.spi.ToolContext;
import io.agentos.tools.mcp.McpOffer;
import io.agentos.tools.mcp.McpRefusals;
import java.util.List;
import java.util.Map;

/** Puts calls of tools that are not what was approved into the log of whoever wanted them. */
final class McpAudit implements McpRefusals {
  private final Database database;
  private final Audit audit;

  McpAudit(Database database, Audit audit) {
    this.database = database;
    this.audit = audit;
  }

  @Override
  public void refused(ToolContext context, McpOffer approved, String found) {
    TenantId tenant = context.key().tenant();
    Map<String, String> facts =
        Map.of(
            "rule",
            "mcp:pin",
            "tool",
            approved.spec().name(),
            "step",
            context.key().name(),
            "approved",
            approved.sha256(),
            "found",
            found.isEmpty() ? "nothing" : found);
    AuditEntry entry =
        new AuditEntry(
            tenant,
            "policy.denied",
            "agent:" + context.agent(),
            context.key().task().toString(),
            facts);
    var _ =
        database.inTenant(
            tenant,
            tx -> {
              audit.append(tx, List.of(entry));
              return entry;
            });
  }
}
