package io.agentos.runtime.idempotency;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Row;
import io.agentos.runtime.store.SqlFailure;
import io.agentos.runtime.store.Transactions;
import io.agentos.runtime.store.Tx;
import io.agentos.runtime.vault.DataKeys;
import io.agentos.runtime.vault.TenantKeys;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers a request once per key: the key, what the request changed and its answer commit together,
 * so that a repeat within 24 hours gets the first answer from any node, across restarts.
 *
 * <p>Thread-safe.
 */
public final class Idempotency {
  private final Transactions transactions;
  private final DataKeys keys;

  public Idempotency(Database database, DataKeys keys) {
    this(database::inTenant, keys);
  }

  /** The same on the connections of one pool. */
  public Idempotency(Transactions transactions, DataKeys keys) {
    this.transactions = transactions;
    this.keys = keys;
  }

  /**
   * A caller's key.
   *
   * @param route what the key is for, such as {@code POST /v1/tasks}
   * @param value the header's value, 1 to 255 characters
   * @param bodyHash SHA-256 of the raw body
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared as a record.
  public record Key(TenantId tenant, String route, String value, byte[] bodyHash) {
    public Key {
      if (value.isEmpty() || value.length() > 255) {
        throw new AgentOsException(
            ErrorCode.INVALID_REQUEST,
            "An Idempotency-Key has 1 to 255 characters, not %d.".formatted(value.length()));
      }
    }
  }

  /**
   * An answer: HTTP status and body.
   *
   * @param about the task whose content the body holds, and with which it is sealed; null for none
   */
  public record Answer(int status, String body, boolean replayed, @Nullable TaskId about) {}

  /**
   * The answer to the first request with this key, from {@code work} when this is the first.
   *
   * @throws AgentOsException IDEMPOTENCY_MISMATCH for another body, IDEMPOTENCY_RUNNING while the
   *     first request is under way for longer than a lock may be waited for
   */
  public Answer once(Key key, Function<Tx, Answer> work) {
    try {
      return transactions.run(key.tenant(), tx -> claimOrReplay(tx, key, work));
    } catch (AgentOsException e) {
      if (SqlFailure.isLockTimeout(e)) {
        throw new AgentOsException(
            ErrorCode.IDEMPOTENCY_RUNNING,
            "The first request with this Idempotency-Key is still running; ask again later.",
            e);
      }
      throw e;
    }
  }

  private Answer claimOrReplay(Tx tx, Key key, Function<Tx, Answer> work) {
    String tenant = key.tenant().value();
    tx.update(IdempotencySql.EXPIRE, tenant, key.route(), key.value());
    TenantKeys own = keys.toExtend(tx, key.tenant());
    byte[] hash = own.digest("idempotency", HexFormat.of().formatHex(key.bodyHash()));
    boolean first = tx.update(IdempotencySql.CLAIM, tenant, key.route(), key.value(), hash) == 1;
    if (!first) {
      return replay(tx, own, key, hash);
    }
    Answer answer = work.apply(tx);
    TaskId about = answer.about();
    tx.update(
        IdempotencySql.SAVE,
        answer.status(),
        about == null
            ? answer.body().getBytes(StandardCharsets.UTF_8)
            : own.ofTask(tx, about).seal(place(key), answer.body()),
        about == null ? null : about.value(),
        tenant,
        key.route(),
        key.value());
    return answer;
  }

  private static String place(Key key) {
    return "idempotency.response:%s:%s".formatted(key.route(), key.value());
  }

  private static String body(TenantKeys keys, Key key, Row row) {
    UUID about = row.optionalUuid("task_id");
    byte[] stored = row.bytes("response");
    return about == null
        ? new String(stored, StandardCharsets.UTF_8)
        : keys.of(new TaskId(about), row).open(place(key), stored);
  }

  /** A body that was answered before digests were keyed is known by its bare one. */
  private static Answer replay(Tx tx, TenantKeys keys, Key key, byte[] hash) {
    return tx.queryOne(
            IdempotencySql.FIND,
            row -> {
              byte[] known = row.bytes("body_hash");
              if (!MessageDigest.isEqual(known, hash)
                  && !MessageDigest.isEqual(known, key.bodyHash())) {
                throw new AgentOsException(
                    ErrorCode.IDEMPOTENCY_MISMATCH,
                    "This Idempotency-Key was used with another body; use a new key for a new"
                        + " request.");
              }
              return new Answer(row.number("status"), body(keys, key, row), true, null);
            },
            key.tenant().value(),
            key.route(),
            key.value())
        .orElseThrow(() ->
            new AgentOsException(
                ErrorCode.IDEMPOTENCY_RUNNING,
                "The first request with this Idempotency-Key has just ended badly; send it"
                    + " again."));
  }
}
