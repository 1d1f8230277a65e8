package io.agentos.runtime.retention;

import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.runtime.TestStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Records of tasks with times of long ago, written past every rule. Not thread-safe. */
final class Records implements AutoCloseable {
  private final Connection connection;

  Records(TestStore store) throws SQLException {
    this.connection =
        DriverManager.getConnection(
            store.admin().jdbcUrl(), store.admin().user(), store.admin().password());
    run("set search_path = agentos");
  }

  /**
   * A task.
   *
   * @param endedDaysAgo null while it runs
   */
  record Old(
      TenantId tenant,
      TaskId id,
      @Nullable TaskId parent,
      @Nullable Integer endedDaysAgo,
      String agent,
      String label,
      @Nullable UUID key) {
    Old(TenantId tenant, @Nullable Integer endedDaysAgo) {
      this(tenant, TaskId.next(), null, endedDaysAgo, "clerk", "a", null);
    }
  }

  void task(Old old) {
    boolean ended = old.endedDaysAgo() != null;
    run(
        """
        insert into task (tenant_id, task_id, state, program, request, pack, agent, priority, labels, parent_id,
                          principal, ready, key_id, created_at, ended_at, ancestors)
        values ('%s', '%s', '%s', 'test/1', '{}', 'shop', '%s', 5, '{"matter": "%s"}', %s, 'key:test', %s, %s,
                now() - interval '900 days', %s,
                coalesce((select ancestors || task_id from task where task_id = %s), '{}'))
        """
            .formatted(
                old.tenant(),
                old.id().value(),
                ended ? "completed" : "queued",
                old.agent(),
                old.label(),
                quoted(old.parent() == null ? null : old.parent().value()),
                ended ? "false" : "true",
                quoted(old.key()),
                ended
                    ? "now() - interval '%d days' - interval '1 hour'".formatted(old.endedDaysAgo())
                    : "null",
                quoted(old.parent() == null ? null : old.parent().value())));
  }

  /** What a task leaves behind: one of each, with a payload that may be shared. */
  void traces(Old old, String payload, int daysAgo) {
    String of = "'%s', '%s'".formatted(old.tenant(), old.id().value());
    run(
        "insert into payload (tenant_id, hash, body) values ('%s', sha256('%s'), '%s') on conflict do nothing"
            .formatted(old.tenant(), payload, payload));
    run(
        """
        insert into journal (tenant_id, task_id, seq, type, epoch, at, body, payload)
        values (%s, 1, 'task.created', 0, now(), '{}', null), (%s, 2, 'step', 0, now(), null, sha256('%s'))
        """
            .formatted(of, of, payload));
    run("insert into signal (tenant_id, task_id, name, body) values (%s, 's', '{}')".formatted(of));
    UUID approval = UUID.randomUUID();
    run(
        """
        insert into approval (tenant_id, approval_id, task_id, step, agent, tool, zone, descriptor, agent_version,
                              arguments, reason, rule, requester, digest, state, expires_at, facts)
        values ('%s', '%s', '%s', 's', 'shop.clerk', 't.t', 'red', '', '', '{}', '', '', 'key:test', repeat('0', 64),
                'expired', now(), '{}')
        """
            .formatted(old.tenant(), approval, old.id().value()));
    run(
        """
        insert into approval_vote (tenant_id, approval_id, round, principal, role, decision, digest, comment)
        values ('%s', '%s', 0, 'key:ann', 'approver', 'approve', repeat('0', 64), '')
        """
            .formatted(old.tenant(), approval));
    run(
        """
        insert into model_call (tenant_id, task_id, position, step, attempt, at, pack, agent, provider, model, outcome,
                                input_tokens, output_tokens, cost_usd_picos, cost_usd_micros, price)
        values (%s, 1, 's', 1, now() - interval '%d days' - interval '1 hour', 'shop', '%s', 'scripted', 'one', 'answered',
                7, 5, 1500001, 2, '')
        """
            .formatted(of, daysAgo, old.agent()));
    run(
        "insert into policy_version (tenant_id, version, body) values ('%s', repeat('a', 64), '') on conflict do nothing"
            .formatted(old.tenant()));
    run(
        """
        insert into policy_decision (tenant_id, task_id, position, ordinal, step, at, subject, rule, effect, version, input,
                                     decision)
        values (%s, 1, 0, 's', now() - interval '%d days' - interval '1 hour', 'tool', 'r', 'permit', repeat('a', 64), '{}',
                '{}')
        """
            .formatted(of, daysAgo));
    reservation(old, 1, "applied", daysAgo);
  }

  void reservation(Old old, int position, String state, int daysAgo) {
    boolean held = state.equals("held");
    run(
        """
        insert into budget_reservation (tenant_id, task_id, position, attempt, step, state, amount, actual, budgets, windows,
                                        created_at, ended_at)
        values ('%s', '%s', %d, 1, 's', '%s', 10, %s, array[gen_random_uuid()], array[now()], now(), %s)
        """
            .formatted(
                old.tenant(),
                old.id().value(),
                position,
                state,
                state.equals("applied") || state.equals("settled") ? "5" : "null",
                held
                    ? "null"
                    : "now() - interval '%d days' - interval '1 hour'".formatted(daysAgo)));
  }

  /** A key of a subject as the vault's rows are. */
  UUID key(TenantId tenant, byte @Nullable [] subject) {
    UUID id = UUID.randomUUID();
    run(
        "insert into data_key (tenant_id, key_id, subject, wrapped) values ('%s', '%s', %s, '\\x00')"
            .formatted(
                tenant,
                id,
                subject == null
                    ? "null"
                    : "'\\x" + java.util.HexFormat.of().formatHex(subject) + "'"));
    return id;
  }

  /** Makes it every tenant's turn. */
  void due() {
    run("update retention_turn set due_at = now()");
  }

  /** One column of an answer as a set of texts. */
  Set<String> texts(String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      Set<String> texts = new TreeSet<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  long count(String table) {
    return Long.parseLong(texts("select count(*)::text from " + table).iterator().next());
  }

  void run(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  Connection connection() {
    return connection;
  }

  private static String quoted(@Nullable UUID id) {
    return id == null ? "null" : "'" + id + "'";
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
