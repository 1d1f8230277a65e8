package io.agentos.runtime.durable;

import io.agentos.api.AgentOsException;
import io.agentos.api.TaskId;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.Notifications;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Hears what other transactions tell the nodes: that work is ready, a task cancelled, a kill switch
 * pressed. Looks by itself once a second, so that a lost word costs time and nothing else.
 */
final class Listener implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Listener.class.getName());
  private static final String CHANNEL = "agentos";
  private static final Duration LOOK_AROUND = Duration.ofSeconds(1);

  private final Database database;
  private final Worker worker;
  private final Thread thread;
  private volatile boolean closed;

  Listener(Database database, Worker worker) {
    this.database = database;
    this.worker = worker;
    this.thread = Thread.ofPlatform().daemon().name("listen").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  private void run() {
    try (Notifications notifications = database.listen(CHANNEL)) {
      while (!closed) {
        try {
          notifications.await(LOOK_AROUND).forEach(this::hear);
          worker.lookAround();
        } catch (RuntimeException e) {
          if (!closed) {
            LOG.log(
                System.Logger.Level.WARNING, "cannot listen, trying again: {0}", e.getMessage());
            TimeUnit.SECONDS.sleep(1);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void hear(String payload) {
    switch (payload) {
      case "ready" -> worker.wake();
      case "kill" -> worker.obeyKillSwitches();
      default -> hearAboutTask(payload);
    }
  }

  private void hearAboutTask(String payload) {
    if (!payload.startsWith("cancel:")) {
      return;
    }
    try {
      worker.cancel(TaskId.parse(payload.substring("cancel:".length())));
    } catch (AgentOsException e) {
      LOG.log(System.Logger.Level.DEBUG, "a notification that names no task");
    }
  }
}
