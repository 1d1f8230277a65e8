package io.agentos.runtime.durable;

import io.agentos.api.AuditEntry;
import io.agentos.api.StepKey;
import io.agentos.api.Usage;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.store.Write;
import io.agentos.runtime.vault.TaskKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@link Step} that collects what shall commit with it. */
final class StepRecord implements Step {
  /** An event of the task that commits with the step. */
  record Event(String type, String body) {}

  private final StepKey key;
  private final TaskKey taskKey;
  private final int attempt;
  private final List<Integer> lostAttempts;
  private final List<Write> writes = new ArrayList<>();
  private final List<AuditEntry> audits = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private Usage usage = Usage.NONE;

  StepRecord(StepKey key, TaskKey taskKey, int attempt) {
    this(key, taskKey, attempt, List.of());
  }

  StepRecord(StepKey key, TaskKey taskKey, int attempt, List<Integer> lostAttempts) {
    this.key = key;
    this.taskKey = taskKey;
    this.attempt = attempt;
    this.lostAttempts = List.copyOf(lostAttempts);
  }

  @Override
  public StepKey key() {
    return key;
  }

  @Override
  public int attempt() {
    return attempt;
  }

  @Override
  public List<Integer> lostAttempts() {
    return lostAttempts;
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
    writes.add(write.whateverComes());
  }

  @Override
  public void audit(AuditEntry entry) {
    audits.add(entry);
  }

  @Override
  public void event(String type, Map<String, Object> body) {
    events.add(new Event(type, Json.write(body)));
  }

  @Override
  public void used(Usage more) {
    usage = usage.plus(more);
  }

  List<Write> writes() {
    return writes;
  }

  /** Those that commit whatever becomes of the attempt. */
  List<Write> booked() {
    return writes.stream().filter(Write::kept).toList();
  }

  List<AuditEntry> audits() {
    return audits;
  }

  List<Event> events() {
    return events;
  }

  Usage usage() {
    return usage;
  }

  /** The line's body: {@code {"value": …, "usage": …}}. */
  String body(@Nullable Object value) {
    return "{\"value\":" + Json.write(value) + (usage.equals(Usage.NONE) ? "" : "," + used()) + "}";
  }

  /** The body of a line that tells no value: what was used, if anything. */
  String usedBody() {
    return usage.equals(Usage.NONE) ? "{}" : "{" + used() + "}";
  }

  private String used() {
    return "\"usage\":" + Json.write(usage);
  }
}
