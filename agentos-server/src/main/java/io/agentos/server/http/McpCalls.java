package io.agentos.server.http;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.api.AuditEntry;
import io.agentos.api.ErrorCode;
import io.agentos.api.Mandate;
import io.agentos.api.Request;
import io.agentos.api.TaskId;
import io.agentos.api.TaskInput;
import io.agentos.api.ToolSpec;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.budgets.BudgetBook;
import io.agentos.runtime.definitions.DirectCalls;
import io.agentos.runtime.identity.Credential;
import io.agentos.runtime.identity.Permission;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.state.StateStore;
import io.agentos.runtime.state.TaskView;
import io.agentos.runtime.store.Database;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What clients of MCP call, as tasks: each call is one, asked for under the caller's key and made
 * in the ten steps like any other. There is no other way to a tool.
 *
 * <p>Thread-safe.
 */
final class McpCalls {
  private static final String KEY_HEADER = "Idempotency-Key";

  private final StateStore stateStore;
  private final Database database;
  private final Audit audit;
  private final Intake intake;
  private final KillCheck kills;
  private final BudgetBook budgets;
  private final Idempotent idempotent;

  McpCalls(HttpServices services, Idempotent idempotent) {
    this.stateStore = services.stateStore();
    this.database = services.database();
    this.audit = services.audit();
    this.intake = services.intake();
    this.kills = new KillCheck(services.killSwitches());
    this.budgets = new BudgetBook(services.database(), services.audit());
    this.idempotent = idempotent;
  }

  /**
   * What a client wants done.
   *
   * @param key its idempotency key; null for none
   */
  record Wish(
      McpTools.Offered offered, Map<String, @Nullable Object> arguments, @Nullable String key) {}

  /**
   * Stores the task that a wish is.
   *
   * @throws AgentOsException INVALID_INPUT, INVALID_ARGUMENTS, KILLED, BUDGET_EXHAUSTED, or what an
   *     idempotency key may end with
   */
  TaskId submit(Call call, Wish wish) {
    Supplier<Request> prepared =
        Idempotent.prepared(() -> {
          Request request = request(call, wish);
          kills.mustBeFree(request);
          BudgetRoutes.mustHaveSomethingLeft(budgets, request);
          return request;
        });
    String body = wish.offered().tool().name() + "\n" + Json.write(wish.arguments());
    Idempotent.Outcome outcome =
        idempotent.once(
            keyed(call, wish.key()),
            Credential.sha256(body),
            202,
            tx -> {
              Request request = prepared.get();
              intake.accept(tx, request, null);
              return stateStore.task(tx, request.tenant(), request.task());
            });
    return TaskId.parse(outcome.member("id"));
  }

  /** Cancels what a client no longer waits for, if it may. */
  void cancel(Call call, TaskId task) {
    if (!call.principal().may(Permission.CANCEL)) {
      return;
    }
    AuditEntry entry =
        new AuditEntry(
            call.tenant(),
            "task.cancelled",
            call.principal().id(),
            task.toString(),
            Map.of("stage", "requested"));
    var _ =
        database.inTenant(
            call.tenant(),
            tx -> {
              stateStore.cancel(tx, call.tenant(), task, "Cancelled by the MCP client.");
              audit.append(tx, List.of(entry));
              return entry;
            });
  }

  /** The task of the caller's tenant. */
  TaskView task(Call call, TaskId task) {
    return stateStore.task(call.tenant(), task);
  }

  private static Request request(Call call, Wish wish) {
    AgentId agent = wish.offered().agent();
    return new Request(
        call.tenant(),
        TaskId.next(),
        call.principal().id(),
        new Request.Target(agent.pack(), agent.toString(), null),
        input(wish),
        Request.PRIORITY_DEFAULT,
        null,
        null,
        Map.of("via", "mcp"),
        null,
        Mandate.of(call.principal().grantor()));
  }

  private static TaskInput input(Wish wish) {
    ToolSpec direct = wish.offered().direct();
    if (direct == null) {
      TaskInput input = new TaskInput.Fields(wish.arguments());
      if (wish.offered().ofPack() != null) {
        wish.offered().ofPack().checkInput(input);
      }
      return input;
    }
    List<String> known = DirectCalls.names(direct);
    for (String name : wish.arguments().keySet()) {
      if (!known.contains(name)) {
        throw new AgentOsException(
            ErrorCode.INVALID_ARGUMENTS,
            "Argument '%s' of tool %s %s."
                .formatted(
                    FieldProblems.shortened(name),
                    direct.name(),
                    FieldProblems.unknown(name, known)));
      }
    }
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put(DirectCalls.ARGUMENTS, wish.arguments());
    return new TaskInput.Fields(fields);
  }

  /** The call with the key of its message, where that has one, in place of the header's. */
  private static Call keyed(Call call, @Nullable String key) {
    return new Call(
        call.caller(),
        call.route() + "#tools/call",
        call.id(),
        call.query(),
        name -> name.equalsIgnoreCase(KEY_HEADER) && key != null ? key : call.headers().apply(name),
        call.body());
  }
}
