package io.agentos.runtime.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import io.agentos.runtime.TestStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Changes the master key under values of every kind. */
final class MasterKeyRotationTest {
  /** Bytes that are not under the master key: digests, and what data keys seal. */
  private static final Set<String> OTHER_BYTES =
      Set.of(
          "api_key.hash",
          "approval.arguments",
          "approval.comment",
          "approval.edited_arguments",
          "approval.facts",
          "approval.reason",
          "approval_vote.comment",
          "audit_entry.hash",
          "chain_head.hash",
          "data_key.subject",
          "data_key.wrapped",
          "idempotency.body_hash",
          "idempotency.response",
          "journal.body",
          "journal.payload",
          "legal_hold.target_subject",
          "model_cache.body",
          "model_cache.hash",
          "oidc_flow.flow",
          "oidc_flow.state",
          "payload.body",
          "payload.hash",
          "policy_decision.decision",
          "policy_decision.input",
          "recovery_code.hash",
          "recovery_code.used_for",
          "second_factor.used_for",
          "sign_in_limit.subject",
          "sign_in_link.hash",
          "signal.body",
          "task.cancel_reason",
          "task.error_detail",
          "task.output",
          "task.request",
          "user_session.hash");

  private final TestStore store = new TestStore();
  private final MasterKey before = MasterKey.of(TestStore.MASTER_KEY);
  private final MasterKey now = MasterKey.of(MasterKey.random());
  private final Vault old = new Vault(before);
  private final Vault both = new Vault(now, before);
  private final Vault next = new Vault(now);

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void everyValue_opensUnderTheNewKeyAlone_howeverOftenTheSweepDied() throws SQLException {
    EverySealedValue acme = new EverySealedValue(store, old, TestStore.ACME);
    EverySealedValue other = new EverySealedValue(store, old, TestStore.OTHER);
    Set<String> columns = Set.copyOf(under(both));
    MasterKeyRotation rotation = new MasterKeyRotation(store.database(), both, 1);

    AtomicInteger batches = new AtomicInteger();
    assertThatThrownBy(() ->
            rotation.sweep(() -> {
              if (batches.incrementAndGet() > 9) {
                throw new IllegalStateException("killed");
              }
              return false;
            }))
        .hasMessage("killed");
    assertThat(under(next)).isNotEmpty().isNotEqualTo(columns);
    acme.mustOpen(both);
    other.mustOpen(both);
    assertThatThrownBy(() -> other.mustOpen(next)).isInstanceOf(AgentOsException.class);

    assertThat(rotation.sweep(() -> false).isClean()).isFalse();
    MasterKeyRotation.Tally last = rotation.sweep(() -> false);

    assertThat(last.isClean()).isTrue();
    assertThat(last.values()).isEqualTo(count());
    acme.mustOpen(next);
    other.mustOpen(next);
    acme.signInMustOpen(next);
    other.signInMustOpen(next);
    assertThatThrownBy(() -> acme.mustOpen(old))
        .hasMessageContaining("does not open with this master key");
  }

  @Test
  void kinds_areAllThatTheVaultSealed_andEveryColumnOfBytesIsKnown() throws SQLException {
    EverySealedValue acme = new EverySealedValue(store, old, TestStore.ACME);
    Set<String> kinds =
        Arrays.stream(SealedKind.values())
            .map(SealedKind::column)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(under(old)).isEqualTo(kinds);
    Set<String> known = new TreeSet<>(kinds);
    known.addAll(OTHER_BYTES);
    assertThat(columnsOfBytes()).isEqualTo(known);
    acme.mustOpen(old);
  }

  @Test
  void valueThatIsWrittenMeanwhile_isLeftToItsWriter() throws SQLException {
    new EverySealedValue(store, old, TestStore.ACME);
    byte[] fresh = next.seal(TestStore.ACME, "second-factor:x", new byte[20]);
    AtomicInteger asked = new AtomicInteger();
    MasterKeyRotation rotation =
        new MasterKeyRotation(
            store.database(),
            new Vault(
                now,
                new MasterKey(
                    new com.google.crypto.tink.Aead() {
                      @Override
                      public byte[] encrypt(byte[] plain, byte[] context) {
                        throw new IllegalStateException("nothing is wrapped by the former key");
                      }

                      @Override
                      public byte[] decrypt(byte[] wrapped, byte[] context)
                          throws java.security.GeneralSecurityException {
                        if (asked.getAndIncrement() == 1) {
                          overwrite(fresh);
                        }
                        return before.aead().decrypt(wrapped, context);
                      }
                    })));

    MasterKeyRotation.Tally found = rotation.sweep(() -> false);

    assertThat(found.left()).isEqualTo(1);
    assertThat(bytes("select sealed from second_factor where tenant_id = 'acme'")).isEqualTo(fresh);
    assertThat(rotation.sweep(() -> false).isClean()).isTrue();
  }

  @Test
  void valueThatOpensWithNeitherKey_keepsNoOtherFromItsTurn_andIsCounted() throws SQLException {
    EverySealedValue acme = new EverySealedValue(store, old, TestStore.ACME);
    Vault strange = new Vault(MasterKey.of(MasterKey.random()));
    byte[] lost = strange.seal(TestStore.ACME, "secret:crane-4@1", new byte[8]);
    store.run(
        "update secret_version set sealed = '\\x%s' where name = 'crane-4'".formatted(hex(lost)));
    MasterKeyRotation rotation = new MasterKeyRotation(store.database(), both);
    RotationLoop loop = new RotationLoop(rotation);

    assertThat(loop.warnings())
        .containsExactly(
            "sealed values are being wrapped by vault.master_key; keep vault.previous_master_key");
    assertThat(loop.pass()).isFalse();
    assertThat(loop.warnings())
        .containsExactly(
            "1 sealed values open with neither vault.master_key nor vault.previous_master_key; keep both and see docs/sealing.md");
    store.run(
        "update secret_version set sealed = null, destroyed_at = now() where name = 'crane-4'");
    assertThat(loop.pass()).isTrue();
    assertThat(loop.warnings())
        .containsExactly(
            "no sealed value is under vault.previous_master_key any more; it may be dropped");
    acme.signInMustOpen(next);
  }

  @Test
  void roleOfTheVault_seesSealedBytesOfOneTenantAlone() {
    new EverySealedValue(store, old, TestStore.OTHER);

    for (SealedKind kind : SealedKind.values()) {
      List<Boolean> seen =
          store
              .database()
              .inVault(
                  TestStore.ACME,
                  tx -> tx.query(kind.page(), row -> true, "other", new byte[0], 10));
      assertThat(seen).as(kind.column()).isEmpty();
    }
    for (String forbidden :
        List.of(
            "select name from secret",
            "select user_id from second_factor",
            "delete from secret_version",
            "select wrapped from data_key",
            "update legal_hold set reason = ''",
            "select 1 from task")) {
      assertThatThrownBy(() -> store.database().inVault(TestStore.ACME, tx -> tx.update(forbidden)))
          .as(forbidden)
          .hasMessage("Postgres refused a statement (SQLSTATE 42501).");
    }
  }

  private void overwrite(byte[] fresh) {
    try {
      store.run(
          "update second_factor set sealed = '\\x%s' where tenant_id = 'acme'"
              .formatted(hex(fresh)));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** The columns that hold a value under a key of this vault. */
  private Set<String> under(Vault vault) throws SQLException {
    Set<String> found = new TreeSet<>();
    for (String column : columnsOfBytes()) {
      String[] name = column.split("\\.", 2);
      try (Connection connection = store.connect();
          Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "select %s from %s where %s is not null".formatted(name[1], name[0], name[1]))) {
        while (rows.next()) {
          if (isUnder(vault, rows.getBytes(1))) {
            found.add(column);
          }
        }
      }
    }
    return found;
  }

  private static boolean isUnder(Vault vault, byte[] sealed) {
    try {
      return vault.rewrapped(sealed).isPresent() || sealed.length > 0;
    } catch (AgentOsException e) {
      return false;
    }
  }

  private Set<String> columnsOfBytes() throws SQLException {
    Set<String> found = new TreeSet<>();
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                select table_name || '.' || column_name from information_schema.columns
                where table_schema = 'agentos' and data_type = 'bytea'
                """)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }

  private long count() throws SQLException {
    long count = 0;
    for (SealedKind kind : SealedKind.values()) {
      String[] name = kind.column().split("\\.", 2);
      try (Connection connection = store.connect();
          Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery("select count(%s) from %s".formatted(name[1], name[0]))) {
        rows.next();
        count += rows.getLong(1);
      }
    }
    return count;
  }

  private byte[] bytes(String sql) throws SQLException {
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getBytes(1);
    }
  }

  private static String hex(byte[] bytes) {
    return java.util.HexFormat.of().formatHex(bytes);
  }
}
