package io.agentos.runtime.state;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.Limits;
import io.agentos.api.Mandate;
import io.agentos.api.Request;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.api.Usage;
import io.agentos.runtime.durable.Entry;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.store.Row;
import io.agentos.runtime.store.Tx;
import io.agentos.runtime.vault.DataKeys;
import io.agentos.runtime.vault.TaskKey;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a task below another one within what that one may: it runs on behalf of the whole line, its
 * bounds are no wider than what is left, and what the parent has read stays what strangers may have
 * written. Every task that is stored comes through here.
 *
 * <p>Thread-safe.
 */
final class Narrowing {
  private static final String AGENT = "agent:";

  /** How many tasks there may be directly below another. */
  private static final int CHILDREN_MAX = 100;

  private final DataKeys keys;

  Narrowing(DataKeys keys) {
    this.keys = keys;
  }

  /** A task that others are asked for under. */
  private record Parent(
      TaskId task,
      @Nullable String agent,
      Mandate mandate,
      @Nullable Limits limits,
      @Nullable Usage usage,
      TaskKey key) {}

  /** What a task has used, and what it has read from. */
  private record Told(Usage usage, List<String> origins) {}

  /** What was asked, as it may be stored. */
  Request of(Tx tx, Request asked) {
    TaskId parent = asked.parent();
    boolean byAgent = asked.principal().startsWith(AGENT) && asked.principal().indexOf('/') < 0;
    if (parent == null) {
      if (byAgent) {
        throw notItsOwn(asked, "none");
      }
      return asked;
    }
    Parent above = parent(tx, asked.tenant(), parent);
    mustFit(tx, asked, parent);
    if (byAgent && !asked.principal().equals(AGENT + above.agent)) {
      throw notItsOwn(asked, parent.toString());
    }
    Told told = told(tx, asked.tenant(), above);
    Mandate mandate = asked.mandate().below(above.mandate, parent);
    for (String origin : told.origins) {
      mandate = mandate.taintedBy(origin);
    }
    return asked.under(mandate, left(tx, asked, above, told.usage));
  }

  private static void mustFit(Tx tx, Request asked, TaskId parent) {
    int children =
        tx.query(StateSql.CHILDREN, row -> true, asked.tenant().value(), parent.value()).size();
    if (children >= CHILDREN_MAX) {
      throw new AgentOsException(
          ErrorCode.LIMIT_REACHED,
          "Task %s has %d tasks directly below it; allowed are %d. Ask for fewer, larger parts."
              .formatted(parent, children, CHILDREN_MAX));
    }
  }

  /** What these tasks came to together. */
  StateStore.Sum sum(Tx tx, TenantId tenant, List<TaskId> tasks) {
    TreeSet<String> origins = new TreeSet<>();
    Usage usage = Usage.NONE;
    for (TaskId task : tasks) {
      Parent one = parent(tx, tenant, task);
      Told told = told(tx, tenant, one);
      origins.addAll(one.mandate.taint());
      origins.addAll(told.origins);
      usage = usage.plus(told.usage);
    }
    return new StateStore.Sum(usage, List.copyOf(origins));
  }

  private Parent parent(Tx tx, TenantId tenant, TaskId parent) {
    return tx.queryOne(
            StateSql.PARENT,
            row -> parent(row, keys.in(tx, tenant).of(parent, row)),
            tenant.value(),
            parent.value())
        .orElseThrow(
            () -> new AgentOsException(ErrorCode.NOT_FOUND, "There is no task " + parent + "."));
  }

  private static Parent parent(Row row, TaskKey key) {
    String mandate = row.optionalText("mandate");
    String limits = row.optionalText("limits");
    String usage = row.optionalText("usage");
    return new Parent(
        key.task(),
        row.optionalText("agent"),
        mandate == null ? Mandate.of(row.text("principal")) : Json.read(mandate, Mandate.class),
        limits == null ? null : Json.read(limits, Limits.class),
        usage == null ? null : Json.read(usage, Usage.class),
        key);
  }

  /** Of an erased task nobody knows any more what it had read. */
  private static Told told(Tx tx, TenantId tenant, Parent above) {
    if (above.key.isErased()) {
      return new Told(
          Optional.ofNullable(above.usage).orElse(Usage.NONE), List.of("task:" + above.task));
    }
    List<Entry> lines =
        tx.query(
            StateSql.TOLD,
            row -> TaskRows.entry(row, above.key),
            tenant.value(),
            above.task.value());
    Usage used = Usage.NONE;
    TreeSet<String> origins = new TreeSet<>();
    for (Entry line : lines) {
      if (line.type().equals("tool.called")) {
        origins.add("tool:" + Json.readMember(line.body(), "tool", String.class));
      } else if (line.body().contains("\"usage\":{")) {
        used =
            used.plus(
                Optional.ofNullable(Json.readMember(line.body(), "usage", Usage.class))
                    .orElse(Usage.NONE));
      }
    }
    return new Told(above.usage == null ? used : above.usage, List.copyOf(origins));
  }

  /** The bounds that were asked for, within what is left of the parent's. */
  private static Limits left(Tx tx, Request asked, Parent above, Usage used) {
    Limits limits = above.limits == null ? Limits.DEFAULT : above.limits;
    Taken below =
        tx.queryOne(
                StateSql.TAKEN_BELOW,
                row -> new Taken(row.longNumber("cost"), row.longNumber("tool_calls")),
                asked.tenant().value(),
                above.task.value(),
                asked.tenant().value())
            .orElseThrow();
    long cost = limits.costUsdMicrosMax() - used.costUsdMicros() - below.cost;
    long toolCalls = limits.toolCallsMax() - used.toolCalls() - below.toolCalls;
    Limits left =
        new Limits(
            limits.turnsMax(),
            (int) Math.max(0, toolCalls),
            Math.max(0, cost),
            limits.outputTokensMax(),
            limits.timeMax(),
            limits.approvalWaitMax());
    return asked.limits() == null ? left : left.tightest(asked.limits());
  }

  private record Taken(long cost, long toolCalls) {}

  private static AgentOsException notItsOwn(Request asked, String parent) {
    return new AgentOsException(
        ErrorCode.FORBIDDEN,
        "%s acts for whoever asked for its task, and asks for tasks below its own; the parent named is %s."
            .formatted(asked.principal(), parent));
  }
}
