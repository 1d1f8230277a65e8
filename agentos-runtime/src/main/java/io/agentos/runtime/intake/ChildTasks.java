package io.agentos.runtime.intake;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.Limits;
import io.agentos.api.Mandate;
import io.agentos.api.Output;
import io.agentos.api.Request;
import io.agentos.api.TaskId;
import io.agentos.api.TaskInput;
import io.agentos.api.TenantId;
import io.agentos.api.Usage;
import io.agentos.runtime.state.StateStore;
import io.agentos.runtime.state.TaskView;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Tx;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that a running task asks for: parts of its work that others do on its behalf.
 *
 * <p>Thread-safe.
 */
public final class ChildTasks {
  private final Database database;
  private final StateStore stateStore;
  private final Intake intake;

  public ChildTasks(Database database, StateStore stateStore, Intake intake) {
    this.database = database;
    this.stateStore = stateStore;
    this.intake = intake;
  }

  /**
   * A part of the work.
   *
   * @param task what it is to be called; the same at each attempt to start it
   * @param limits what it may use; never more than is left of the parent's
   */
  public record Part(TaskId task, AgentId agent, TaskInput input, Limits limits) {}

  /**
   * What became of a part.
   *
   * @param agent null for one that was never routed
   * @param ended whether it has; one that took too long may still be about to
   * @param usage what it and all below it used
   * @param origins where what went into it comes from, as far as strangers may have written it
   */
  public record Outcome(
      TaskId task,
      @Nullable String agent,
      String state,
      boolean ended,
      @Nullable Output output,
      TaskView.@Nullable Problem error,
      Usage usage,
      List<String> origins) {
    public Outcome {
      origins = List.copyOf(origins);
    }
  }

  /**
   * Stores the parts as tasks below {@code parent}, in the name of the agent that asks. Those that
   * are there already stay as they are.
   *
   * @throws AgentOsException CANCELLED when the parent has ended or shall end; LIMIT_REACHED when
   *     there would be too many
   */
  public void start(Request parent, AgentId asking, List<Part> parts) {
    database.inTenantDo(
        parent.tenant(),
        tx -> {
          if (!stateStore.mayGoOn(tx, parent.tenant(), parent.task())) {
            throw new AgentOsException(
                ErrorCode.CANCELLED,
                "Task %s has ended or is cancelled, and asks for nothing any more."
                    .formatted(parent.task()));
          }
          for (Part part : parts) {
            if (!stateStore.isThere(tx, parent.tenant(), part.task())) {
              intake.accept(tx, request(parent, asking, part), null);
            }
          }
        });
  }

  private static Request request(Request parent, AgentId asking, Part part) {
    String principal = "agent:" + asking;
    return new Request(
        parent.tenant(),
        part.task(),
        principal,
        new Request.Target(null, part.agent().toString(), null),
        part.input(),
        parent.priority(),
        parent.deadline(),
        part.limits(),
        parent.labels(),
        parent.task(),
        Mandate.of(principal));
  }

  /**
   * Asks for parts to be cancelled, with all below them; those that have ended stay as they are.
   */
  public void cancel(TenantId tenant, List<TaskId> parts, String reason) {
    database.inTenantDo(
        tenant,
        tx -> {
          for (TaskId part : parts) {
            if (stateStore.mayGoOn(tx, tenant, part)) {
              stateStore.cancel(tx, tenant, part, reason);
            }
          }
        });
  }

  /** What became of the parts, in their order. */
  public List<Outcome> outcomes(TenantId tenant, List<TaskId> parts) {
    return database.inTenant(
        tenant, tx -> parts.stream().map(part -> outcome(tx, tenant, part)).toList());
  }

  private Outcome outcome(Tx tx, TenantId tenant, TaskId part) {
    TaskView view = stateStore.task(tx, tenant, part);
    StateStore.Sum sum = stateStore.sum(tx, tenant, part);
    return new Outcome(
        part,
        view.agent(),
        view.state(),
        view.endedAt() != null,
        view.output(),
        view.error(),
        sum.usage(),
        sum.origins());
  }
}
