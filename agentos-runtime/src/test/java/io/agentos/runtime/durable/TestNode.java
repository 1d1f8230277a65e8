package io.agentos.runtime.durable;

import io.agentos.api.KillSwitchId;
import io.agentos.api.Request;
import io.agentos.api.TaskId;
import io.agentos.api.TaskInput;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.killswitch.KillSwitches;
import io.agentos.runtime.state.StateStore;
import io.agentos.runtime.state.TaskView;
import io.agentos.runtime.store.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One node with a worker on a test store. */
final class TestNode implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final TestStore store;
  private final StateStore stateStore;
  private final TaskFeed feed = new TaskFeed();
  private final NodeIdentity node = new NodeIdentity();
  private final PostgresJournal journal;
  private final Worker worker;
  private final Program program;

  TestNode(TestStore store, Program program) {
    this(store, program, WorkerSettings.usual("test"));
  }

  TestNode(TestStore store, Program program, WorkerSettings settings) {
    this(store, store.database(), program, settings);
  }

  /** A node with a way of its own to the database. */
  TestNode(TestStore store, Database database, Program program, WorkerSettings settings) {
    this.store = store;
    this.program = program;
    this.stateStore = new StateStore(store.database(), store.keys());
    this.journal = new PostgresJournal(database, store.audit(), node, feed);
    this.worker =
        new Worker(
            database,
            store.keys(),
            journal,
            node,
            settings,
            List.of(program),
            InstantSource.system());
    worker.start();
  }

  UUID id() {
    return node.id();
  }

  StateStore stateStore() {
    return stateStore;
  }

  Worker worker() {
    return worker;
  }

  PostgresJournal journal() {
    return journal;
  }

  TaskId submit() {
    return submit(new TaskInput.Text("go"));
  }

  TaskId submit(TaskInput input) {
    TaskId task = TaskId.next();
    Request request =
        new Request(
            TestStore.ACME,
            task,
            "key:test",
            new Request.Target(null, null, null),
            input,
            5,
            null,
            null,
            Map.of(),
            null);
    store
        .database()
        .inTenantDo(TestStore.ACME, tx -> stateStore.create(tx, request, program.version()));
    return task;
  }

  /** Waits until the task has ended or waits, and returns it. */
  TaskView settled(TaskId task) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    try (TaskFeed.Follower follower = feed.follow(task)) {
      while (System.nanoTime() < until) {
        TaskView view = stateStore.task(TestStore.ACME, task);
        if (view.endedAt() != null || view.state().equals("waiting")) {
          return view;
        }
        follower.await(Duration.ofMillis(50));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new AssertionError("not settled: " + stateStore.task(TestStore.ACME, task));
  }

  /** Waits until no task holds a thread; a task is put away a moment before its thread ends. */
  void mustComeToRest() {
    long until = System.nanoTime() + PATIENCE.toNanos();
    try (TaskFeed.Follower follower = feed.follow(TaskId.next())) {
      while (System.nanoTime() < until) {
        if (worker.running() == 0) {
          return;
        }
        follower.await(Duration.ofMillis(5));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new AssertionError("still running: " + worker.running());
  }

  /** Waits until nodes have acknowledged the kill switch, and returns their words. */
  List<KillSwitches.Acknowledgement> acknowledged(KillSwitches killSwitches, KillSwitchId kill)
      throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    try (TaskFeed.Follower follower = feed.follow(TaskId.next())) {
      while (System.nanoTime() < until) {
        List<KillSwitches.Acknowledgement> words =
            killSwitches.acknowledgements(TestStore.ACME, kill);
        if (!words.isEmpty()) {
          return words;
        }
        follower.await(Duration.ofMillis(20));
      }
    }
    throw new AssertionError("not acknowledged: " + kill);
  }

  /** Waits until the task has ended and returns it. */
  TaskView ended(TaskId task) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    try (TaskFeed.Follower follower = feed.follow(task)) {
      while (System.nanoTime() < until) {
        TaskView view = stateStore.task(TestStore.ACME, task);
        if (view.endedAt() != null) {
          return view;
        }
        follower.await(Duration.ofMillis(50));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new AssertionError("not ended: " + stateStore.task(TestStore.ACME, task));
  }

  @Override
  public void close() {
    worker.close();
    journal.close();
  }
}
