package io.agentos.server.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.TaskId;
import io.agentos.runtime.approvals.ApprovalView;
import io.agentos.runtime.idempotency.Idempotency;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.state.TaskView;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Transactions;
import io.agentos.runtime.store.Tx;
import io.agentos.runtime.vault.DataKeys;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Does what a call asks once per {@code Idempotency-Key}, or just does it where there is none.
 *
 * <p>Thread-safe.
 */
final class Idempotent {
  private static final String HEADER = "Idempotency-Key";
  private static final Pattern KEY = Pattern.compile("[ -~]{1,255}");

  private final Transactions transactions;
  private final Idempotency idempotency;

  Idempotent(Database database, Idempotency idempotency) {
    this.transactions = database::inTenant;
    this.idempotency = idempotency;
  }

  private Idempotent(Transactions transactions, DataKeys keys) {
    this.transactions = transactions;
    this.idempotency = new Idempotency(transactions, keys);
  }

  /** For orders to stop, on the connections kept for them. */
  static Idempotent first(Database database, DataKeys keys) {
    return new Idempotent(database::inControl, keys);
  }

  /**
   * What was answered, now or the first time.
   *
   * @param body JSON
   */
  record Outcome(int status, String body, boolean replayed) {
    /** A member of the body that is a text. */
    String member(String name) {
      return Json.readMember(body, name, String.class);
    }

    /** The answer with this outcome. */
    Answer.Ready answer() {
      return marked(new Answer.Ready(status, body, Map.of()));
    }

    /** Another answer to the same call, which says where it was the first one's. */
    Answer.Ready marked(Answer.Ready answer) {
      return replayed ? answer.with("Idempotent-Replayed", "true") : answer;
    }
  }

  /**
   * Does {@code work} in a transaction of the caller's tenant, unless an earlier call with the same
   * key did it.
   *
   * @param work gives the body of the answer, an object for JSON
   * @throws AgentOsException IDEMPOTENCY_MISMATCH, IDEMPOTENCY_RUNNING, or of {@code work}
   */
  Outcome once(Call call, int status, Function<Tx, Object> work) {
    return once(call, "", call.body().sha256(), status, work);
  }

  /**
   * The same for a body whose SHA-256 must not be stored.
   *
   * @param bodyHash 32 bytes that are the same for the same body
   */
  Outcome once(Call call, byte[] bodyHash, int status, Function<Tx, Object> work) {
    return once(call, "", bodyHash, status, work);
  }

  /**
   * The same for one part of a call that does several things, each in a transaction of its own.
   *
   * @param part tells the parts of a call apart
   */
  Outcome once(Call call, String part, int status, Function<Tx, Object> work) {
    return once(call, part, call.body().sha256(), status, work);
  }

  /**
   * An answer of which a part is told this once.
   *
   * @param now the answer to the call that does the work
   * @param later the answer to its repeats, which is stored: without that part
   */
  record ToldOnce(Object now, Object later) {}

  /** The same for an answer with a secret, which a repeat does not tell again. */
  Answer tellOnce(Call call, int status, Function<Tx, ToldOnce> work) {
    AtomicReference<@Nullable Object> told = new AtomicReference<>();
    Outcome outcome =
        once(
            call,
            status,
            tx -> {
              ToldOnce made = work.apply(tx);
              told.set(made.now());
              return made.later();
            });
    Object now = told.get();
    return now == null ? outcome.answer() : Answer.json(status, now);
  }

  private Outcome once(
      Call call, String part, byte[] bodyHash, int status, Function<Tx, Object> work) {
    Optional<String> key = call.header(HEADER);
    if (key.isEmpty()) {
      String body = transactions.run(call.tenant(), tx -> Json.write(work.apply(tx)));
      return new Outcome(status, body, false);
    }
    if (!KEY.matcher(key.get()).matches()) {
      throw FieldProblems.failure(
          "header." + HEADER, "must be 1 to 255 visible characters of ASCII");
    }
    Idempotency.Answer answer =
        idempotency.once(
            new Idempotency.Key(call.tenant(), call.route() + part, key.get(), bodyHash),
            tx -> {
              Object body = work.apply(tx);
              return new Idempotency.Answer(status, Json.write(body), false, about(body));
            });
    return new Outcome(answer.status(), answer.body(), answer.replayed());
  }

  /** The task whose content an answer shows; null for none. */
  private static @Nullable TaskId about(Object body) {
    return switch (body) {
      case TaskView task -> TaskId.parse(task.id());
      case ApprovalView approval -> TaskId.parse(approval.task());
      default -> null;
    };
  }

  /**
   * Does what can be done before the transaction, and keeps what goes wrong for it: a repeat gets
   * the first answer even when the same request would be refused by now.
   */
  static <T> Supplier<T> prepared(Supplier<T> preparation) {
    try {
      T value = preparation.get();
      return () -> value;
    } catch (AgentOsException e) {
      return () -> {
        throw e;
      };
    }
  }
}
