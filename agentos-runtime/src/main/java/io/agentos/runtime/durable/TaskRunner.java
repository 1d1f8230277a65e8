package io.agentos.runtime.durable;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.Response;
import io.agentos.runtime.store.Database;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * One claimed task from here to where it ends, waits or is given back. The only place that catches
 * {@link Suspension} and {@code Throwable}.
 *
 * <p>Thread-safe.
 */
final class TaskRunner {
  private static final System.Logger LOG = System.getLogger(TaskRunner.class.getName());

  private final Database database;
  private final NodeIdentity node;
  private final WorkerSettings settings;
  private final Queue<Claim> abandoned = new ConcurrentLinkedQueue<>();

  TaskRunner(Database database, NodeIdentity node, WorkerSettings settings) {
    this.database = database;
    this.node = node;
    this.settings = settings;
  }

  void run(Claim claim, Program program, JournaledDurable durable) {
    try {
      runOrEnd(claim, program, durable);
    } catch (Suspension e) {
      suspended(claim, program, durable, e);
    } catch (AgentOsException e) {
      broken(claim, program, durable, e);
    } catch (Throwable e) {
      LOG.log(System.Logger.Level.ERROR, "task broke, it will fail task=" + claim.ref().task(), e);
      broken(claim, program, durable, defect(e));
    }
  }

  /** Gives back what could not be given back when it should have been. */
  void releaseAbandoned() {
    for (Claim claim = abandoned.peek(); claim != null; claim = abandoned.peek()) {
      release(claim, 0);
      abandoned.remove(claim);
    }
  }

  private void runOrEnd(Claim claim, Program program, JournaledDurable durable) {
    if (claim.cancelReason() != null) {
      cancel(claim, program, durable, claim.cancelReason());
      return;
    }
    if (claim.attempt() > settings.attemptsMax()) {
      durable.skipToEnd();
      String detail =
          "The task was started %d times and took its node down each time."
              .formatted(claim.attempt() - 1);
      program.end(
          durable,
          claim.request(),
          new Response.Failed(ErrorCode.POISONED, detail, durable.usage()));
      return;
    }
    if (claim.epoch() == 1) {
      durable.note("task.started", "{}");
    }
    program.run(durable, claim.request());
  }

  private void suspended(
      Claim claim, Program program, JournaledDurable durable, Suspension suspension) {
    try {
      switch (suspension.reason()) {
        case WAITING -> {
          // Its row says for what; nothing is left to do here.
        }
        case FENCED ->
            LOG.log(
                System.Logger.Level.INFO,
                "task taken over by another node task={0}",
                claim.ref().task());
        case RELEASED -> release(claim, 1);
        case CANCELLED -> cancel(claim, program, durable, cancelReason(claim));
      }
    } catch (AgentOsException e) {
      broken(claim, program, durable, e);
    } catch (Suspension e) {
      LOG.log(
          System.Logger.Level.INFO, "task taken over while ending task={0}", claim.ref().task());
    }
  }

  private void cancel(Claim claim, Program program, JournaledDurable durable, String reason) {
    durable.skipToEnd();
    program.end(durable, claim.request(), new Response.Cancelled(reason, durable.usage()));
  }

  private void broken(
      Claim claim, Program program, JournaledDurable durable, AgentOsException cause) {
    if (cause.code() == ErrorCode.STORE_UNAVAILABLE) {
      LOG.log(
          System.Logger.Level.WARNING,
          "journal out of reach, the task is given back when it returns task={0}",
          claim.ref().task());
      abandoned.add(claim);
      return;
    }
    try {
      durable.skipToEnd();
      program.end(
          durable,
          claim.request(),
          new Response.Failed(cause.code(), cause.detail(), durable.usage()));
    } catch (AgentOsException | Suspension e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "task could not be ended, it is given back task=" + claim.ref().task(),
          e);
      abandoned.add(claim);
    }
  }

  private void release(Claim claim, int attemptsBack) {
    database.inEngine(tx ->
        tx.update(
            WorkerSql.RELEASE,
            attemptsBack,
            claim.ref().tenant().value(),
            claim.ref().task().value(),
            claim.epoch(),
            node.id()));
  }

  private String cancelReason(Claim claim) {
    return database.inEngine(tx ->
        tx.queryOne(
                WorkerSql.CANCEL_REASON,
                row -> {
                  byte[] reason = row.optionalBytes("cancel_reason");
                  return reason == null ? "" : claim.key().open("task.cancel_reason", reason);
                },
                claim.ref().tenant().value(),
                claim.ref().task().value())
            .orElse(""));
  }

  private static AgentOsException defect(Throwable cause) {
    return new AgentOsException(
        ErrorCode.INTERNAL,
        "The task met a defect of AgentOS (%s); the server's log has more."
            .formatted(cause.getClass().getSimpleName()),
        cause);
  }
}
