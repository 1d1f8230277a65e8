package io.agentos.server.http;

import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.runtime.durable.Entry;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.state.TaskEvents.Event;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A line of a task's journal as an event: CloudEvents 1.0 in a server-sent event. */
final class EventJson {
  /** Longer values are named by their length; the task's steps have them whole. */
  private static final int VALUE_LENGTH_MAX = 2 * 1024;

  private static final Set<String> ENDS =
      Set.of("task.completed", "task.failed", "task.denied", "task.cancelled");

  /** Callers know four outcomes of a step; that one failed is told by its state. */
  private static final String FAILED = "step.failed";

  private static final String COMMITTED = "step.committed";

  private EventJson() {}

  /** Whether nothing comes after this event. */
  static boolean ends(Event event) {
    return ENDS.contains(event.entry().type());
  }

  /** The lines to send. */
  static String message(TenantId tenant, TaskId task, Event event) {
    Entry entry = event.entry();
    String type = entry.type().equals(FAILED) ? COMMITTED : entry.type();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("specversion", "1.0");
    body.put("id", String.valueOf(entry.seq()));
    body.put("source", "/v1/tasks/" + task);
    body.put("type", type);
    body.put("time", entry.at());
    body.put("subject", task.toString());
    body.put("tenant", tenant.value());
    body.put("datacontenttype", "application/json");
    body.put("data", data(event));
    return "id: %d\nevent: %s\ndata: %s\n\n".formatted(entry.seq(), type, Json.write(body));
  }

  private static Map<String, @Nullable Object> data(Event event) {
    Entry entry = event.entry();
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    if (entry.position() > 0) {
      data.put("position", entry.position());
      data.put("name", entry.name());
      data.put("attempt", entry.attempt());
    }
    if (entry.state() != null) {
      data.put("state", entry.state().text());
    }
    if (event.bodyLength() > 0) {
      data.put("value", truncated(event.bodyLength()));
    } else if (!entry.body().isEmpty()) {
      Json.readObject(entry.body()).forEach((name, value) -> data.putIfAbsent(name, shown(value)));
    }
    return data;
  }

  private static @Nullable Object shown(@Nullable Object value) {
    int length = Json.write(value).length();
    return length > VALUE_LENGTH_MAX ? truncated(length) : value;
  }

  private static Map<String, Object> truncated(int length) {
    return Map.of("truncated", true, "length", length);
  }
}
