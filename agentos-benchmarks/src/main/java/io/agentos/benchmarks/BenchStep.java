package io.agentos.benchmarks;

import io.agentos.api.AuditEntry;
import io.agentos.api.StepKey;
import io.agentos.api.Usage;
import io.agentos.runtime.durable.Step;
import io.agentos.runtime.store.Write;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A step that keeps nothing. */
record BenchStep(StepKey key) implements Step {
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
  public void write(Write write) {}

  @Override
  public void audit(AuditEntry entry) {}

  @Override
  public void event(String type, Map<String, Object> body) {}

  @Override
  public void book(Write write) {}

  @Override
  public void used(Usage usage) {}
}
