package io.agentos.runtime.gates;

import io.agentos.api.AuditEntry;
import io.agentos.api.StepKey;
import io.agentos.api.TaskId;
import io.agentos.api.TaskState.WaitReason;
import io.agentos.api.TenantId;
import io.agentos.api.Usage;
import io.agentos.runtime.durable.Durable;
import io.agentos.runtime.durable.Effect;
import io.agentos.runtime.durable.Intent;
import io.agentos.runtime.durable.Step;
import io.agentos.runtime.store.Write;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A task of decisions only, which remembers what they recorded. */
final class RecordedStep implements Durable, Step {
  final List<String> events = new ArrayList<>();
  final List<AuditEntry> audits = new ArrayList<>();
  private String name = "";

  @Override
  public <T> T step(String name, Class<T> type, Effect<T> effect) {
    this.name = name;
    return effect.run(this);
  }

  @Override
  public <T> T effect(Intent intent, Class<T> type, Effect<T> effect) {
    throw new UnsupportedOperationException("a gate has no effect");
  }

  @Override
  public <T> T transaction(String name, Class<T> type, Effect<T> work) {
    throw new UnsupportedOperationException("a gate has no transaction");
  }

  @Override
  public <T> Optional<T> await(String name, WaitReason reason, Class<T> type, Duration timeout) {
    throw new UnsupportedOperationException("a gate waits for nobody");
  }

  @Override
  public Usage usage() {
    return Usage.NONE;
  }

  @Override
  public Duration busy() {
    return Duration.ZERO;
  }

  @Override
  public StepKey key() {
    return new StepKey(TenantId.DEFAULT, TaskId.next(), 1, name);
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
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void write(Write write) {
    throw new UnsupportedOperationException("a gate writes nothing");
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
  public void book(Write write) {
    throw new UnsupportedOperationException("a gate books nothing");
  }

  @Override
  public void used(Usage usage) {
    throw new UnsupportedOperationException("a gate uses nothing");
  }
}
