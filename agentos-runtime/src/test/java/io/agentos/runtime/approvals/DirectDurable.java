package io.agentos.runtime.approvals;

import io.agentos.api.AgentOsException;
import io.agentos.api.AuditEntry;
import io.agentos.api.ErrorCode;
import io.agentos.api.StepKey;
import io.agentos.api.TaskId;
import io.agentos.api.TaskState.WaitReason;
import io.agentos.api.Usage;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.durable.Durable;
import io.agentos.runtime.durable.Effect;
import io.agentos.runtime.durable.Intent;
import io.agentos.runtime.durable.Step;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Tx;
import io.agentos.runtime.store.Write;
import io.agentos.runtime.vault.DataKeys;
import io.agentos.runtime.vault.TaskKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A task without a worker: what it writes commits at once, what it did is remembered by name, and
 * what it waits for is looked up when it asks. Several nodes may stand in for each other with it.
 */
final class DirectDurable implements Durable {
  private final Database database;
  private final Audit audit;
  private final DataKeys keys;
  private final TaskId task;
  private final Map<String, Object> remembered = new ConcurrentHashMap<>();

  DirectDurable(TestStore store, TaskId task) {
    this.database = store.database();
    this.audit = store.audit();
    this.keys = store.keys();
    this.task = task;
  }

  /** The task waits: nobody has decided. */
  static final class Waiting extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public <T> T step(String name, Class<T> type, Effect<T> effect) {
    return transaction(name, type, effect);
  }

  @Override
  public <T> T effect(Intent intent, Class<T> type, Effect<T> effect) {
    return transaction(
        intent.name(),
        type,
        step -> {
          intent.writes().forEach(step::write);
          return effect.run(step);
        });
  }

  @Override
  public <T> T transaction(String name, Class<T> type, Effect<T> work) {
    Object known = remembered.get(name);
    if (known != null) {
      return type.cast(known);
    }
    Collected step = new Collected(new StepKey(TestStore.ACME, task, 1, name), taskKey());
    T value = work.run(step);
    commit(step.writes, step.audits);
    remembered.put(name, value);
    return value;
  }

  /** Commits writes as an intent does: all of them as they must be, or none. */
  void commit(List<Write> writes, List<AuditEntry> audits) {
    try {
      database.inEngine(tx -> {
        writes.forEach(write -> tx.updateEach(write.sql(), List.of(write)));
        audit.append(tx, audits);
        return true;
      });
    } catch (Tx.UnexpectedRows e) {
      throw new AgentOsException(ErrorCode.CONFLICT, "a condition failed", e);
    }
  }

  @Override
  public <T> Optional<T> await(String name, WaitReason reason, Class<T> type, Duration timeout) {
    Optional<T> signal =
        database.inEngine(tx ->
            tx.queryOne(
                "select body from signal where tenant_id = ? and task_id = ? and name = ?",
                row -> Json.read(taskKey(tx).open("signal.body:" + name, row.bytes("body")), type),
                TestStore.ACME.value(),
                task.value(),
                name));
    if (signal.isEmpty()) {
      throw new Waiting();
    }
    return signal;
  }

  @Override
  public Usage usage() {
    return Usage.NONE;
  }

  @Override
  public Duration busy() {
    return Duration.ZERO;
  }

  private TaskKey taskKey() {
    return database.inEngine(this::taskKey);
  }

  private TaskKey taskKey(Tx tx) {
    return keys.in(tx, TestStore.ACME).ofTask(tx, task);
  }

  /** Collects what a step writes. */
  private static final class Collected implements Step {
    private final StepKey key;
    private final TaskKey taskKey;
    private final List<Write> writes = new ArrayList<>();
    private final List<AuditEntry> audits = new ArrayList<>();

    Collected(StepKey key, TaskKey taskKey) {
      this.key = key;
      this.taskKey = taskKey;
    }

    @Override
    public StepKey key() {
      return key;
    }

    @Override
    public int attempt() {
      return 1;
    }

    @Override
    public List<Integer> lostAttempts() {
      return List.of();
    }

    @Override
    public byte[] seal(String place, String text) {
      return taskKey.seal(place, text);
    }

    @Override
    public void write(Write write) {
      writes.add(write);
    }

    @Override
    public void audit(AuditEntry entry) {
      audits.add(entry);
    }

    @Override
    public void event(String type, Map<String, Object> body) {
      // There is no journal to tell it.
    }

    @Override
    public void book(Write write) {
      writes.add(write);
    }

    @Override
    public void used(Usage usage) {
      // Nothing is counted.
    }
  }
}
