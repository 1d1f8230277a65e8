package io.agentos.runtime.webhooks;

import io.agentos.api.TaskId;
import io.agentos.runtime.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * An event as an endpoint is told of it: CloudEvents 1.0, with ids and states only, and the facts
 * of the audit log where the endpoint asks for them. The same bytes at every attempt.
 */
final class EventBody {
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  /** State, number and name of a line of a journal. */
  private static final Pattern DETAIL = Pattern.compile("(\\S+) ([0-9]+)(?: (.*))?");

  private EventBody() {}

  static String of(Claimed claimed) {
    String subject = subject(claimed.subject());
    boolean task = subject.startsWith("task_");
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("specversion", "1.0");
    body.put("id", claimed.event().toString());
    body.put("source", task ? "/v1/tasks/" + subject : "/v1/audit");
    body.put("type", claimed.type());
    body.put("time", claimed.at());
    body.put("subject", subject);
    body.put("tenant", claimed.tenant().value());
    body.put("datacontenttype", "application/json");
    body.put("data", data(claimed, task ? subject : ""));
    return Json.write(body);
  }

  /** The id of a task where a journal gave its UUID. */
  static String subject(String stored) {
    return UUID_TEXT.matcher(stored).matches()
        ? new TaskId(UUID.fromString(stored)).toString()
        : stored;
  }

  private static Map<String, Object> data(Claimed claimed, String task) {
    Map<String, Object> data = new LinkedHashMap<>();
    if (!task.isEmpty()) {
      data.put("task", task);
    }
    if (task.isEmpty() || !claimed.type().startsWith("task.")) {
      data.put("subject", subject(claimed.subject()));
    } else {
      data.put("state", state(claimed.type()));
    }
    if (claimed.auditSeq() > 0) {
      data.put("audit_seq", claimed.auditSeq());
    }
    var detail = DETAIL.matcher(claimed.detail());
    if (detail.matches()) {
      data.put("journal_seq", Integer.parseInt(detail.group(2)));
      if (!detail.group(1).equals("-")) {
        data.put("step_state", detail.group(1));
      }
      if (detail.group(3) != null) {
        data.put("step", detail.group(3));
      }
    }
    String entry = claimed.entry();
    if (entry != null) {
      Object facts = Json.readObject(entry).get("facts");
      data.put("actor", String.valueOf(Json.readObject(entry).get("actor")));
      data.put("facts", facts == null ? Map.of() : facts);
    }
    return data;
  }

  private static String state(String type) {
    return switch (type) {
      case "task.created" -> "queued";
      case "task.started" -> "running";
      default -> type.substring("task.".length());
    };
  }
}
