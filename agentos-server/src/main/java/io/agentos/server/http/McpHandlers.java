package io.agentos.server.http;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.TaskId;
import io.agentos.runtime.identity.Permission;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.state.TaskView;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code tools/call}: makes a task of it, waits for its end with signs of progress, and
 * tells what became of it.
 *
 * <p>Thread-safe.
 */
final class McpHandlers {
  /** The name under which the transport hands over the call of the route. */
  static final String CALL = "call";

  /** The name under which it hands over the session. */
  static final String SESSION = "session";

  /** The name under which it hands over the id of the request. */
  static final String REQUEST = "request";

  private static final String KEY = "io.agentos/idempotency-key";
  private static final String TASK = "io.agentos/task";
  private static final Duration STEP = Duration.ofSeconds(5);

  /** Below what clients usually wait; those who ask for progress are told that it goes on. */
  private static final Duration PATIENCE = Duration.ofSeconds(50);

  private static final Duration PATIENCE_WITH_PROGRESS = Duration.ofMinutes(10);

  /** What is nobody's to wait for: somebody must look first. */
  private static final Set<String> STUCK = Set.of("reconcile", "killed");

  private final McpCalls calls;
  private final Followers followers;

  McpHandlers(McpCalls calls, Followers followers) {
    this.calls = calls;
    this.followers = followers;
  }

  CallToolResult call(
      McpTools.Offered offered, McpSyncServerExchange exchange, CallToolRequest request) {
    try {
      return answered(offered, exchange, request);
    } catch (AgentOsException e) {
      if (e.code().httpStatus() == 500) {
        throw e;
      }
      return failure("%s: %s".formatted(e.code(), e.detail()), Map.of());
    }
  }

  private CallToolResult answered(
      McpTools.Offered offered, McpSyncServerExchange exchange, CallToolRequest request) {
    Call call = of(exchange, CALL, Call.class);
    McpSessions.Session session = of(exchange, SESSION, McpSessions.Session.class);
    Map<String, @Nullable Object> arguments = arguments(request);
    if (offered.ofPack() == null && offered.direct() == null) {
      call.principal().must(Permission.READ);
      String id = String.valueOf(arguments.get("task"));
      TaskId task =
          TaskIds.parse(id)
              .orElseThrow(() ->
                  new AgentOsException(ErrorCode.INVALID_ARGUMENTS, "'task' " + TaskIds.NO_TASK));
      return result(waited(call, task, exchange, request));
    }
    String key = request.meta() != null && request.meta().get(KEY) instanceof String k ? k : null;
    TaskId task = calls.submit(call, new McpCalls.Wish(offered, arguments, key));
    Object id = of(exchange, REQUEST, Object.class);
    if (!session.begin(id, task)) {
      throw new AgentOsException(
          ErrorCode.OVERLOADED,
          "Too many calls of this MCP session wait for their tasks; task %s goes on, ask for it with %s."
              .formatted(task, McpTools.RESULT));
    }
    try {
      return result(waited(call, task, exchange, request));
    } finally {
      session.end(id);
    }
  }

  /** The task at its end, or when nobody should wait for it any longer. */
  private TaskView waited(
      Call call, TaskId task, McpSyncServerExchange exchange, CallToolRequest request) {
    Object token = request.meta() == null ? null : request.meta().get("progressToken");
    Duration patience = token == null ? PATIENCE : PATIENCE_WITH_PROGRESS;
    Optional<Followers.Place> place = followers.follow(task);
    if (place.isEmpty()) {
      return calls.task(call, task);
    }
    try (Followers.Place open = place.get()) {
      long begun = System.nanoTime();
      while (true) {
        TaskView view = calls.task(call, task);
        long left = begun + patience.toNanos() - System.nanoTime();
        boolean over = view.endedAt() != null || left <= 0;
        String reason = String.valueOf(view.waitingFor());
        if (over || STUCK.contains(reason) || (reason.equals("approval") && !patient(request))) {
          return view;
        }
        if (token != null) {
          double seconds = (System.nanoTime() - begun) / 1e9;
          exchange.progressNotification(
              McpSchema.ProgressNotification.builder(token, seconds)
                  .message("task %s is %s".formatted(task, state(view)))
                  .build());
        }
        if (!open.await(left < STEP.toNanos() ? Duration.ofNanos(left) : STEP)) {
          return view;
        }
      }
    }
  }

  /** Whoever asks for a result knows that it may wait for a person; a caller is told first. */
  private static boolean patient(CallToolRequest request) {
    return request.name().equals(McpTools.RESULT);
  }

  private static CallToolResult result(TaskView task) {
    if (task.endedAt() == null) {
      return failure(
          "Task %s is not done: it is %s. Ask for its result with the tool %s."
              .formatted(task.id(), state(task), McpTools.RESULT),
          meta(task));
    }
    if (task.error() != null || task.output() == null) {
      String why =
          task.error() == null
              ? "The task is " + task.state() + "."
              : "%s: %s".formatted(task.error().code(), task.error().detail());
      return failure(why, meta(task));
    }
    CallToolResult.Builder result =
        CallToolResult.builder(List.of(McpSchema.TextContent.builder(task.output().text()).build()))
            .isError(false)
            .meta(meta(task));
    if (!task.output().fields().isEmpty()) {
      result.structuredContent(
          Json.plain(Json.mapperForTrees().valueToTree(task.output().fields())));
    }
    return result.build();
  }

  private static String state(TaskView task) {
    return task.waitingFor() == null
        ? task.state()
        : "%s (%s)".formatted(task.state(), task.waitingFor());
  }

  private static Map<String, Object> meta(TaskView task) {
    return Map.of(TASK, task.id());
  }

  /** An answer that says what is wrong. */
  static CallToolResult failure(String text, Map<String, Object> meta) {
    return CallToolResult.builder(List.of(McpSchema.TextContent.builder(text).build()))
        .isError(true)
        .meta(meta)
        .build();
  }

  private static Map<String, @Nullable Object> arguments(CallToolRequest request) {
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    if (request.arguments() != null) {
      arguments.putAll(request.arguments());
    }
    return arguments;
  }

  private static <T> T of(McpSyncServerExchange exchange, String name, Class<T> type) {
    return type.cast(exchange.transportContext().get(name));
  }
}
