package io.agentos.server.http;

import io.agentos.api.Limits;
import io.agentos.api.Mandate;
import io.agentos.api.Request;
import io.agentos.api.TaskId;
import io.agentos.api.TaskInput;
import io.agentos.runtime.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the body of {@code POST /v1/tasks}. Thread-safe. */
final class TaskRequest {
  static final int LABEL_LENGTH_MAX = 255;
  static final Pattern LABEL = Pattern.compile("[a-z0-9_.\\-/]{1,63}");
  static final String LABEL_SHAPE = "must be named by 1 to 63 of a-z, 0-9, '_', '.', '-' and '/'";

  private static final String[] FIELDS = {
    "input",
    "pack",
    "agent",
    "type",
    "priority",
    "deadline",
    "limits",
    "labels",
    "parent",
    "subject"
  };

  /** Characters of the name that callers give whom a task is about. */
  static final int SUBJECT_LENGTH_MAX = 200;

  private static final int NAME_LENGTH_MAX = 200;

  private final TargetCheck targets;
  private final InstantSource clock;

  TaskRequest(Catalog catalog, InstantSource clock) {
    this.targets = new TargetCheck(catalog);
    this.clock = clock;
  }

  /** What a call says about who should do what, checked as far as the target goes. */
  record Wished(Request.Target target, TaskInput input) {}

  /**
   * What a call asks to be routed.
   *
   * @throws io.agentos.api.AgentOsException INVALID_REQUEST, UNKNOWN_AGENT
   */
  Wished wished(Call call) {
    FieldProblems problems = new FieldProblems();
    RequestFields fields = call.body().fields(problems, "input", "pack", "agent", "type");
    TaskInput input = input(fields);
    Request.Target wanted = target(fields);
    problems.throwIfAny();
    return new Wished(targets.resolve(wanted).target(), input);
  }

  private static Request.Target target(RequestFields fields) {
    return new Request.Target(
        fields.text("pack", NAME_LENGTH_MAX).orElse(null),
        fields.text("agent", NAME_LENGTH_MAX).orElse(null),
        fields.text("type", NAME_LENGTH_MAX).orElse(null));
  }

  /** What a call asks for, and whom it is about. */
  record Asked(Request request, @Nullable String subject) {}

  /**
   * The task that a call asks for, under a new id.
   *
   * @throws io.agentos.api.AgentOsException INVALID_REQUEST, UNKNOWN_AGENT, INVALID_INPUT
   */
  Asked read(Call call) {
    FieldProblems problems = new FieldProblems();
    RequestFields fields = call.body().fields(problems, FIELDS);
    TaskInput input = input(fields);
    Request.Target wanted = target(fields);
    long priority = fields.whole("priority", 0, 9).orElse((long) Request.PRIORITY_DEFAULT);
    Instant deadline = deadline(fields);
    Limits limits = fields.value("limits").isPresent() ? limits(fields) : null;
    Map<String, String> labels = labels(fields);
    TaskId parent = parent(fields);
    String subject =
        fields.named("subject")
            ? fields.requiredText("subject", SUBJECT_LENGTH_MAX).orElse(null)
            : null;
    problems.throwIfAny();
    TargetCheck.Resolved resolved = targets.resolve(wanted);
    resolved.agent().ifPresent(agent -> agent.checkInput(input));
    Request request =
        new Request(
            call.tenant(),
            TaskId.next(),
            call.principal().id(),
            resolved.target(),
            input,
            (int) priority,
            deadline,
            limits,
            labels,
            parent,
            Mandate.of(call.principal().grantor()));
    return new Asked(request, subject);
  }

  @SuppressWarnings("NullAway") // javac drops the @Nullable of a compact constructor's parameters
  private static TaskInput input(RequestFields fields) {
    fields.require("input");
    Optional<JsonNode> input = fields.value("input");
    if (input.isPresent() && input.get().isObject()) {
      Map<String, @Nullable Object> members = new LinkedHashMap<>();
      fields.members("input").forEach((name, value) -> members.put(name, Json.plain(value)));
      return new TaskInput.Fields(members);
    }
    if (input.isPresent() && !input.get().isString()) {
      fields.problem("input", "must be a string or an object");
      return new TaskInput.Text("");
    }
    return new TaskInput.Text(input.map(JsonNode::stringValue).orElse(""));
  }

  private @Nullable Instant deadline(RequestFields fields) {
    Optional<Instant> deadline = fields.time("deadline");
    if (deadline.isPresent() && !deadline.get().isAfter(clock.instant())) {
      fields.problem("deadline", "must lie in the future");
    }
    return deadline.orElse(null);
  }

  private static @Nullable Limits limits(RequestFields fields) {
    Optional<RequestFields> given =
        fields.object(
            "limits",
            "turns_max",
            "tool_calls_max",
            "cost_usd_micros_max",
            "output_tokens_max",
            "time_max",
            "approval_wait_max");
    if (given.isEmpty()) {
      return null;
    }
    RequestFields limits = given.get();
    Limits widest = Limits.WIDEST;
    Limits usual = Limits.DEFAULT;
    Optional<Long> turns = limits.whole("turns_max", 1, widest.turnsMax());
    Optional<Long> toolCalls = limits.whole("tool_calls_max", 0, widest.toolCallsMax());
    Optional<Long> cost = limits.whole("cost_usd_micros_max", 0, widest.costUsdMicrosMax());
    Optional<Long> tokens = limits.whole("output_tokens_max", 1, widest.outputTokensMax());
    Optional<Duration> time = limits.duration("time_max", widest.timeMax());
    Optional<Duration> wait = limits.duration("approval_wait_max", widest.approvalWaitMax());
    return new Limits(
        turns.map(Math::toIntExact).orElse(usual.turnsMax()),
        toolCalls.map(Math::toIntExact).orElse(usual.toolCallsMax()),
        cost.orElse(usual.costUsdMicrosMax()),
        tokens.map(Math::toIntExact).orElse(usual.outputTokensMax()),
        time.orElse(usual.timeMax()),
        wait.orElse(usual.approvalWaitMax()));
  }

  private static Map<String, String> labels(RequestFields fields) {
    Map<String, JsonNode> members = fields.members("labels");
    if (members.size() > Request.LABELS_MAX) {
      fields.problem("labels", "must be at most %d".formatted(Request.LABELS_MAX));
      return Map.of();
    }
    Map<String, String> labels = new LinkedHashMap<>();
    members.forEach((name, value) -> {
      String path = RequestFields.member("labels", FieldProblems.shortened(name));
      if (!LABEL.matcher(name).matches()) {
        fields.problem(path, LABEL_SHAPE);
      } else if (!value.isString()
          || value.stringValue().length() > LABEL_LENGTH_MAX
          || value.stringValue().indexOf('\0') >= 0) {
        fields.problem(
            path,
            "must be a string of at most %d characters, none of them U+0000"
                .formatted(LABEL_LENGTH_MAX));
      } else {
        labels.put(name, value.stringValue());
      }
    });
    return labels;
  }

  private static @Nullable TaskId parent(RequestFields fields) {
    Optional<String> parent = fields.text("parent", NAME_LENGTH_MAX);
    if (parent.isEmpty()) {
      return null;
    }
    Optional<TaskId> id = TaskIds.parse(parent.get());
    if (id.isEmpty()) {
      fields.problem("parent", TaskIds.NO_TASK);
    }
    return id.orElse(null);
  }
}
