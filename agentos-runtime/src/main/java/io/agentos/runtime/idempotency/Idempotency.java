package io.agentos.runtime.idempotency;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.TenantId;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.SqlFailure;
import io.agentos.runtime.store.Transactions;
import io.agentos.runtime.store.Tx;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Answers a request once per key: the key, what the request changed and its answer commit together,
 * so that a repeat within 24 hours gets the first answer from any node, across restarts.
 *
 * <p>Thread-safe.
 */
public final class Idempotency {
  private final Transactions transactions;

  public Idempotency(Database database) {
    this(database::inTenant);
  }

  /** The same on the connections of one pool. */
  public Idempotency(Transactions transactions) {
    this.transactions = transactions;
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

  /** An answer: HTTP status and body. */
  public record Answer(int status, String body, boolean replayed) {}

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

  private static Answer claimOrReplay(Tx tx, Key key, Function<Tx, Answer> work) {
    String tenant = key.tenant().value();
    tx.update(IdempotencySql.EXPIRE, tenant, key.route(), key.value());
    boolean first =
        tx.update(IdempotencySql.CLAIM, tenant, key.route(), key.value(), key.bodyHash()) == 1;
    if (!first) {
      return replay(tx, key);
    }
    Answer answer = work.apply(tx);
    tx.update(
        IdempotencySql.SAVE, answer.status(), answer.body(), tenant, key.route(), key.value());
    return answer;
  }

  private static Answer replay(Tx tx, Key key) {
    return tx.queryOne(
            IdempotencySql.FIND,
            row -> {
              if (!Arrays.equals(row.bytes("body_hash"), key.bodyHash())) {
                throw new AgentOsException(
                    ErrorCode.IDEMPOTENCY_MISMATCH,
                    "This Idempotency-Key was used with another body; use a new key for a new"
                        + " request.");
              }
              return new Answer(row.number("status"), row.text("response"), true);
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
