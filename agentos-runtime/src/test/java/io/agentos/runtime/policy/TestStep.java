package io.agentos.runtime.policy;

import io.agentos.api.AuditEntry;
import io.agentos.api.StepKey;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.api.Usage;
import io.agentos.runtime.durable.Step;
import io.agentos.runtime.store.Write;
import io.agentos.runtime.vault.TaskKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A step that keeps what would commit with it. */
record TestStep(StepKey key, TaskKey taskKey, List<Write> writes) implements Step {
  TestStep(String tenant, TaskId task, int position, String name) {
    this(
        new StepKey(new TenantId(tenant), task, position, name),
        TaskKey.none(new TenantId(tenant), task),
        new ArrayList<>());
  }

  /** The same step of a task with this key. */
  TestStep with(TaskKey other) {
    return new TestStep(key, other, writes);
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
  public void audit(AuditEntry entry) {}

  @Override
  public void event(String type, Map<String, Object> body) {}

  @Override
  public void book(Write write) {
    writes.add(write);
  }

  @Override
  public void used(Usage usage) {}
}
