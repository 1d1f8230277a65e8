package io.agentos.runtime.durable;

import io.agentos.api.TaskId;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.durable.RunControl.Stop;
import io.agentos.runtime.killswitch.KillKeeper;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.vault.DataKeys;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Runs tasks: claims those that are ready, one virtual thread each, none for those that wait.
 *
 * <p>Thread-safe.
 */
public final class Worker implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Worker.class.getName());
  private static final int CLAIM_MAX = 256;
  private static final Duration WATCH_TICK = Duration.ofMillis(100);
  private static final Duration PAUSE_AFTER_ERROR = Duration.ofSeconds(1);

  private final Database database;
  private final Journal journal;
  private final NodeIdentity node;
  private final WorkerSettings settings;
  private final Map<String, Program> programs;
  private final InstantSource clock;
  private final Claims claims;
  private final NodeLife life;
  private final Listener listener;
  private final TaskRunner runner;
  private final Thread watchdog;
  private final Map<TaskId, RunControl> running = new ConcurrentHashMap<>();
  private final Halt halt;
  private final KillKeeper keeper;
  private final KillWatch killWatch;
  private final Semaphore wake = new Semaphore(0);
  private final Thread loop;
  private volatile boolean claiming = true;

  public Worker(
      Database database,
      DataKeys keys,
      Journal journal,
      NodeIdentity node,
      WorkerSettings settings,
      List<Program> programs,
      InstantSource clock) {
    this.database = database;
    this.journal = journal;
    this.node = node;
    this.settings = settings;
    this.programs = byVersion(programs);
    this.clock = clock;
    this.claims = new Claims(database, keys, journal, node, List.copyOf(this.programs.keySet()));
    this.life = new NodeLife(database, node, settings, this::stopAll, this::wake);
    this.halt = new Halt(life::isFenced);
    this.keeper = new KillKeeper(database, new Audit(clock));
    this.killWatch = new KillWatch(database, node, halt, keeper);
    this.listener = new Listener(database, this);
    this.runner = new TaskRunner(database, node, settings);
    this.watchdog = Thread.ofPlatform().daemon().name("watchdog").unstarted(this::watch);
    this.loop = Thread.ofVirtual().name("claim").unstarted(this::loop);
  }

  /** Registers the node and begins to work. */
  public void start() {
    life.start();
    keeper.start();
    listener.start();
    loop.start();
    watchdog.start();
  }

  /** Looks for work now: something became ready. Cheap. */
  public void wake() {
    wake.release();
  }

  /** How many tasks run now. */
  public int running() {
    return running.size();
  }

  /** Stops claiming, lets each effect under way end, and waits until no task runs. */
  public boolean drain(Duration patience) {
    claiming = false;
    wake();
    running.values().forEach(control -> control.stopSoon(Stop.DRAIN));
    long until = System.nanoTime() + patience.toNanos();
    try {
      while (!running.isEmpty() && System.nanoTime() < until) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return running.isEmpty();
  }

  /** Drains for up to 20 s, then interrupts what is left, gives it back and signs off. */
  @Override
  public void close() {
    if (!drain(Duration.ofSeconds(20))) {
      stopAll();
      drain(Duration.ofSeconds(5));
    }
    listener.close();
    join(loop);
    keeper.close();
    life.close();
    watchdog.interrupt();
  }

  /** Stops a task that runs here because someone cancelled it. */
  void cancel(TaskId task) {
    RunControl control = running.get(task);
    if (control != null) {
      control.stop(Stop.CANCEL);
    }
  }

  /** Interrupts what kill switches cover, and says so in the database. */
  void obeyKillSwitches() {
    killWatch.obey(running.values());
  }

  /** Looks for what a missed notification would have told. */
  void lookAround() {
    obeyKillSwitches();
    database
        .inControlOfAll(
            tx -> tx.query(WorkerSql.CANCELLED, row -> new TaskId(row.uuid("task_id")), node.id()))
        .forEach(this::cancel);
  }

  private void stopAll() {
    running.values().forEach(control -> control.stop(Stop.DRAIN));
  }

  /**
   * Ends effects that take longer than they may, and all of them when nobody has heard of this node
   * for its lease; give or take a tick.
   */
  private void watch() {
    boolean fenced = false;
    try {
      while (true) {
        TimeUnit.MILLISECONDS.sleep(WATCH_TICK.toMillis());
        running.values().forEach(RunControl::checkTime);
        if (life.isFenced()) {
          stopAll();
          if (!fenced) {
            LOG.log(System.Logger.Level.WARNING, "cut off from Postgres, doing nothing until back");
          }
        }
        fenced = life.isFenced();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    while (claiming) {
      try {
        if (life.isFenced()) {
          awaitWork(WATCH_TICK);
          continue;
        }
        runner.releaseAbandoned();
        int free = Math.min(CLAIM_MAX, settings.tasksMax() - running.size());
        Claims.Taken taken = claims.take(free);
        taken.claims().forEach(this::begin);
        if (free > 0 && taken.claims().size() + taken.held() == free) {
          continue;
        }
        awaitWork(taken.quiet());
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "claiming failed, trying again", e);
        pause();
      }
    }
  }

  private void awaitWork(Duration quiet) throws InterruptedException {
    if (wake.tryAcquire(Math.max(1, quiet.toMillis()), TimeUnit.MILLISECONDS)) {
      wake.drainPermits();
    }
  }

  private void begin(Claim claim) {
    RunControl control = new RunControl(halt);
    running.put(claim.ref().task(), control);
    Thread.ofVirtual()
        .name(claim.ref().task().toString())
        .start(() -> {
          try {
            run(claim, control);
          } finally {
            running.remove(claim.ref().task(), control);
            wake();
          }
        });
  }

  private void run(Claim claim, RunControl control) {
    Program program = programs.get(claim.program());
    JournaledDurable durable = new JournaledDurable(claim, journal, clock, control);
    if (program == null) {
      throw new IllegalStateException("claimed a task of another program: " + claim.program());
    }
    runner.run(claim, program, durable);
  }

  private static Map<String, Program> byVersion(List<Program> programs) {
    Map<String, Program> byVersion = new ConcurrentHashMap<>();
    programs.forEach(program -> byVersion.put(program.version(), program));
    return Map.copyOf(byVersion);
  }

  /**
   * Waits for the loop to see that it is over; an interrupt would tear a connection of the pool.
   */
  private static void join(Thread thread) {
    try {
      thread.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_AFTER_ERROR.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
