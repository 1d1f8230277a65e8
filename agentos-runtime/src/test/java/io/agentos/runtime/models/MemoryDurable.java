package io.agentos.runtime.models;

import io.agentos.api.AgentOsException;
import io.agentos.api.AuditEntry;
import io.agentos.api.StepKey;
import io.agentos.api.TaskState.WaitReason;
import io.agentos.api.Usage;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.durable.Durable;
import io.agentos.runtime.durable.Effect;
import io.agentos.runtime.durable.Intent;
import io.agentos.runtime.durable.Step;
import io.agentos.runtime.store.Write;
import io.agentos.runtime.vault.TaskKey;
import io.agentos.testkit.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A task that never crashes: steps run once, and waiting moves the clock on. */
final class MemoryDurable implements Durable {
  private final io.agentos.api.TaskId task;
  private final FakeClock clock;
  private TaskKey taskKey;
  private final List<String> story = new ArrayList<>();
  private final List<Write> booked = new ArrayList<>();
  private final List<Write> written = new ArrayList<>();
  private final List<AuditEntry> audits = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private Usage usage = Usage.NONE;
  private int position;
  private List<Integer> lost = List.of();

  MemoryDurable(ModelTask task, FakeClock clock) {
    this.taskKey = TaskKey.none(task.request().tenant(), task.request().task());
    this.task = task.request().task();
    this.clock = clock;
  }

  /** Seals with the key of the task as it is stored. */
  MemoryDurable sealing(TaskKey key) {
    taskKey = key;
    return this;
  }

  /** Says that attempts before the next step's died with their process. */
  void lose(Integer... attempts) {
    lost = List.of(attempts);
  }

  /** What happened, a line each: steps with their outcome, and waits. */
  List<String> story() {
    return story;
  }

  List<Write> booked() {
    return booked;
  }

  List<Write> written() {
    return written;
  }

  List<AuditEntry> audits() {
    return audits;
  }

  List<String> events() {
    return events;
  }

  @Override
  public <T> T step(String name, Class<T> type, Effect<T> effect) {
    return effect.run(new Recorded(key(name)));
  }

  @Override
  public <T> T effect(Intent intent, Class<T> type, Effect<T> effect) {
    Recorded step = new Recorded(key(intent.name()));
    String what = intent.name() + " " + intent.about().get("provider");
    try {
      T value = effect.run(step);
      story.add(what + " answered");
      written.addAll(step.writes);
      return value;
    } catch (AgentOsException e) {
      story.add(what + " " + e.code());
      throw e;
    }
  }

  @Override
  public <T> T transaction(String name, Class<T> type, Effect<T> work) {
    throw new UnsupportedOperationException("a model call has no transaction");
  }

  @Override
  public <T> Optional<T> await(String name, WaitReason reason, Class<T> type, Duration timeout) {
    story.add("%s %s %s".formatted(name, reason.text(), timeout));
    clock.advance(timeout);
    position++;
    return Optional.empty();
  }

  @Override
  public Usage usage() {
    return usage;
  }

  @Override
  public Duration busy() {
    return Duration.ZERO;
  }

  private StepKey key(String name) {
    position++;
    return new StepKey(TestStore.ACME, task, position, name);
  }

  /** A step whose traces are kept whatever becomes of it, and writes only when it ends well. */
  private final class Recorded implements Step {
    private final StepKey key;
    private final List<Write> writes = new ArrayList<>();

    Recorded(StepKey key) {
      this.key = key;
    }

    @Override
    public StepKey key() {
      return key;
    }

    @Override
    public int attempt() {
      return lost.isEmpty() ? 1 : lost.getLast() + 1;
    }

    @Override
    public List<Integer> lostAttempts() {
      return lost;
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
    public void book(Write write) {
      booked.add(write);
    }

    @Override
    public void audit(AuditEntry entry) {
      audits.add(entry);
    }

    @Override
    public void event(String type, Map<String, Object> body) {
      events.add(type + " " + body);
    }

    @Override
    public void used(Usage more) {
      usage = usage.plus(more);
    }
  }
}
