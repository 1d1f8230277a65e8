package io.agentos.runtime.state;

import io.agentos.api.Output;
import io.agentos.api.Request;
import io.agentos.api.TaskId;
import io.agentos.api.TaskInput;
import io.agentos.api.Usage;
import io.agentos.runtime.durable.Entry;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.store.Row;
import io.agentos.runtime.vault.StoredBody;
import io.agentos.runtime.vault.TaskKey;
import io.agentos.runtime.vault.TenantKeys;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads rows into views, opened. */
final class TaskRows {
  private TaskRows() {}

  static TaskView view(Row row, TenantKeys keys) {
    TaskId task = new TaskId(row.uuid("task_id"));
    TaskKey key = keys.of(task, row);
    Request request =
        key.isErased()
            ? null
            : Json.read(key.open("task.request", row.bytes("request")), Request.class);
    UUID parent = row.optionalUuid("parent_id");
    String usage = row.optionalText("usage");
    return new TaskView(
        task.toString(),
        row.text("tenant_id"),
        row.text("state"),
        row.optionalText("waiting_for"),
        row.optionalText("pack"),
        row.optionalText("agent"),
        row.optionalText("type"),
        row.number("priority"),
        row.optionalInstant("deadline"),
        request == null ? TaskView.ERASED : input(request),
        output(key, row.optionalBytes("output")),
        problem(key, row),
        usage == null ? Usage.NONE : Json.read(usage, Usage.class),
        request == null ? labels(row.text("labels")) : request.labels(),
        parent == null ? null : new TaskId(parent).toString(),
        row.number("attempt"),
        row.instant("created_at"),
        row.optionalInstant("started_at"),
        row.optionalInstant("ended_at"),
        new TaskView.Definition(
            row.optionalText("pack_version"), row.optionalText("policy_version")));
  }

  /** A line with its body, or with what stands for one that was erased. */
  static Entry entry(Row row, TaskKey key) {
    return entry(
        row,
        key.isErased()
            ? StoredBody.ERASED
            : StoredBody.of(row).open(key, row.number("seq"), row.number("position")));
  }

  /** A line with this body. */
  static Entry entry(Row row, String body) {
    String state = row.optionalText("state");
    String name = row.optionalText("name");
    return new Entry(
        row.number("seq"),
        row.text("type"),
        row.number("position"),
        name == null ? "" : name,
        state == null ? null : Entry.State.of(state),
        row.number("attempt"),
        row.instant("at"),
        body);
  }

  private static Object input(Request request) {
    return switch (request.input()) {
      case TaskInput.Text(String text) -> text;
      case TaskInput.Fields(var fields) -> new LinkedHashMap<>(fields);
    };
  }

  private static @Nullable Output output(TaskKey key, byte @Nullable [] sealed) {
    return sealed == null || key.isErased()
        ? null
        : Json.read(key.open("task.output", sealed), Output.class);
  }

  private static TaskView.@Nullable Problem problem(TaskKey key, Row row) {
    String code = row.optionalText("error_code");
    if (code == null) {
      return null;
    }
    byte[] sealed = row.optionalBytes("error_detail");
    if (sealed == null) {
      return new TaskView.Problem(code, "");
    }
    return new TaskView.Problem(
        code, key.isErased() ? TaskView.ERASED : key.open("task.error_detail", sealed));
  }

  private static Map<String, String> labels(String labels) {
    Map<String, String> named = new LinkedHashMap<>();
    Json.readObject(labels).forEach((name, value) -> named.put(name, String.valueOf(value)));
    return named;
  }
}
