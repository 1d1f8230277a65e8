package io.agentos.runtime.checkpoints;

import io.agentos.api.AuditEntry;
import io.agentos.api.TenantId;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.audit.Audit;
import io.agentos.testkit.TestFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Audit logs in a database of their own, and a superuser who gets past every trigger. */
final class TestLog implements AutoCloseable {
  final TestStore store = new TestStore();
  private final TestFolder kept = TestFolder.create();
  final Path folder = kept.path();
  private final String key = SigningKey.random();
  private final List<Checkpoints> opened = new ArrayList<>();

  /** A node's checkpoints, which sign when told to. */
  Checkpoints node() {
    return node(folder, key, null);
  }

  Checkpoints node(Path place, String secret, @Nullable URI witness) {
    Checkpoints made =
        new Checkpoints(
            store.database(),
            store.audit(),
            new Checkpoints.Settings(
                place,
                SigningKey.of(secret),
                "test.example",
                Duration.ofSeconds(10),
                1_000,
                witness));
    opened.add(made);
    return made;
  }

  /** Adds entries. */
  void append(TenantId tenant, int count) {
    Audit audit = store.audit();
    for (int i = 0; i < count; i++) {
      AuditEntry entry =
          new AuditEntry(
              tenant, "lamp.lit", "test", "lamp", Map.of("colour", "amber", "n", "" + i));
      store.database().inTenantDo(tenant, tx -> audit.append(tx, List.of(entry)));
    }
  }

  /** Runs statements as a superuser, without the triggers that guard the log. */
  void tamper(String... statements) {
    try (Connection connection =
            DriverManager.getConnection(
                store.admin().jdbcUrl(), store.admin().user(), store.admin().password());
        Statement statement = connection.createStatement()) {
      statement.execute("set search_path = agentos; set session_replication_role = replica");
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Writes everything after {@code seq} anew, with another content and hashes that fit. */
  void rewriteAfter(TenantId tenant, long seq) {
    tamper(
        """
        do $$
        declare
          e record; h bytea;
        begin
          select coalesce((select hash from audit_entry where tenant_id = '%1$s' and seq = %2$d),
                          decode(repeat('00', 32), 'hex')) into h;
          for e in select * from audit_entry where tenant_id = '%1$s' and seq > %2$d order by seq loop
            e.body := replace(e.body, 'amber', 'green');
            h := sha256(h || convert_to(e.body, 'UTF8'));
            update audit_entry set body = e.body, hash = h where tenant_id = '%1$s' and seq = e.seq;
          end loop;
          update chain_head set hash = h where tenant_id = '%1$s';
        end $$
        """
            .formatted(tenant.value(), seq));
  }

  /** The last checkpoint kept for a tenant. */
  Checkpoint last(TenantId tenant) {
    try {
      return new CheckpointFile(new KeptFiles(folder, tenant).checkpoints())
          .last()
          .flatMap(Checkpoint::of)
          .orElseThrow();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    opened.forEach(Checkpoints::close);
    store.close();
    kept.close();
  }
}
