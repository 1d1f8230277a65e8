package io.agentos.runtime.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.Request;
import io.agentos.api.TaskId;
import io.agentos.api.TaskState.WaitReason;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.killswitch.KillSwitch;
import io.agentos.runtime.killswitch.KillSwitch.Scope;
import io.agentos.runtime.killswitch.KillSwitches;
import io.agentos.runtime.state.StateStore;
import io.agentos.runtime.store.Database;
import io.agentos.runtime.store.DatabaseSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes, one Postgres: after a node has acknowledged a kill switch it begins nothing. */
final class StopMeansStopTest {
  private static final int TASKS = 1_000;
  private static final String TOOL = "pay.refund";
  private static final WaitReason KILLED = WaitReason.KILLED;
  private final Begins begins = new Begins();
  private final AtomicBoolean open = new AtomicBoolean();
  private TestStore store;
  private StateStore stateStore;
  private KillSwitches killSwitches;

  @BeforeEach
  void open() {
    store = new TestStore();
    stateStore = new StateStore(store.database(), store.keys());
    killSwitches = new KillSwitches(store.database(), store.audit());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void thousandTasks_killedByTool_beginNothingAfterTheirNodeSaysSo() throws InterruptedException {
    CountDownLatch running = new CountDownLatch(TASKS);
    KillSwitch kill;
    List<TaskId> tasks = new ArrayList<>();
    try (Database first = new Database(store.settings());
        Database second = new Database(store.settings());
        TestNode a = new TestNode(store, first, program("a", running), settings("a"));
        TestNode b = new TestNode(store, second, program("b", running), settings("b"))) {
      for (int i = 0; i < TASKS; i++) {
        tasks.add(a.submit());
      }
      running.await();
      kill = engage(Scope.TOOL, TOOL);
      Begins.until("both have said so", () -> Begins.acknowledged(store, kill.id()).size() == 2);
      Begins.until("all wait", () -> held(kill) == TASKS);

      Map<UUID, Instant> words = Begins.acknowledged(store, kill.id());
      mustBeginNothingAfter("a", words.get(a.id()));
      mustBeginNothingAfter("b", words.get(b.id()));
    }
    int before = begins.all().size();
    try (TestNode c = new TestNode(store, store.database(), program("c", running), settings("c"))) {
      Begins.until("c has said so", () -> Begins.acknowledged(store, kill.id()).size() == 3);
      TaskId late = c.submit();
      assertThat(c.settled(late).waitingFor()).isEqualTo(KILLED.text());
      assertThat(begins.all()).as("still killed after the restart").hasSize(before);

      open.set(true);
      release(kill, null);
      for (TaskId task : tasks) {
        assertThat(c.ended(task).state()).isEqualTo("completed");
      }
      assertThat(c.ended(late).state()).isEqualTo("completed");
    }
    assertThat(audited("kill.engaged", kill)).hasSize(1);
    assertThat(audited("kill.acknowledged", kill)).hasSize(3);
    assertThat(store.audit().verify(store.database(), TestStore.ACME).intact()).isTrue();
  }

  @Test
  void nodeCutOffFromPostgres_beginsNothing_andFindsTheKillWhenItIsBack() {
    List<TaskId> tasks = new ArrayList<>();
    WorkerSettings shortLease = new WorkerSettings("a", 600, Duration.ofSeconds(2), 5);
    try (TcpProxy line = new TcpProxy("127.0.0.1", port());
        Database first = new Database(behind(line));
        TestNode a = new TestNode(store, first, looping("a"), shortLease)) {
      for (int i = 0; i < 20; i++) {
        tasks.add(a.submit());
      }
      Begins.until("all run on a", () -> distinct(begins.of("a")) == tasks.size());
      WorkerSettings others = new WorkerSettings("b", 600, Duration.ofSeconds(2), 5);
      UUID former = a.id();
      try (TestNode b = new TestNode(store, store.database(), looping("b"), others)) {
        line.cut();
        Begins.until("b took over", () -> distinct(begins.of("b")) == tasks.size());
        for (TaskId task : tasks) {
          assertThat(last("a", task)).as("of %s", task).isBefore(first("b", task));
        }
        int ofA = begins.of("a").size();
        KillSwitch kill = engage(Scope.TOOL, TOOL);
        Begins.until("b has said so", () -> Begins.acknowledged(store, kill.id()).size() == 1);
        Begins.until("all wait", () -> held(kill) == tasks.size());
        line.heal();
        Begins.until("a is back", () -> !a.id().equals(former));
        Begins.until("a has said so", () -> Begins.acknowledged(store, kill.id()).size() == 2);
        TaskId late = a.submit();
        assertThat(a.settled(late).waitingFor()).isEqualTo(KILLED.text());
        assertThat(begins.of("a")).as("nothing since it was cut off").hasSize(ofA);

        open.set(true);
        release(kill, null);
        tasks.add(late);
        tasks.forEach(task -> assertThat(b.ended(task).state()).isEqualTo("completed"));
      }
    }
  }

  private TestProgram program(String node, CountDownLatch running) {
    AtomicBoolean even = new AtomicBoolean();
    return new TestProgram(
        stateStore,
        (durable, request) -> {
          boolean blocks = even.getAndSet(!even.get());
          String first =
              TestProgram.tool(
                  durable,
                  request,
                  "first",
                  TOOL,
                  _ -> {
                    begins.add(node, request.task());
                    running.countDown();
                    return blocks ? block() : "on";
                  });
          loop(node, durable, request);
          return first;
        });
  }

  private TestProgram looping(String node) {
    return new TestProgram(stateStore, (durable, request) -> loop(node, durable, request));
  }

  /** One effect after the other until the test opens; what they return steers, not the clock. */
  private String loop(String node, Durable durable, Request request) {
    String said = "on";
    for (int i = 0; said.equals("on"); i++) {
      said =
          TestProgram.tool(
              durable,
              request,
              "loop-" + i,
              TOOL,
              _ -> {
                begins.add(node, request.task());
                return open.get() ? "end" : "on";
              });
    }
    return said;
  }

  private String block() {
    if (!open.get()) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        throw new IllegalStateException("interrupted", e);
      }
    }
    return "on";
  }

  private void mustBeginNothingAfter(String node, Instant acknowledged) {
    assertThat(begins.of(node)).as("effects on %s", node).isNotEmpty();
    assertThat(begins.of(node)).allSatisfy(begin -> assertThat(begin.at()).isBefore(acknowledged));
  }

  private Instant last(String node, TaskId task) {
    return begins.of(node).stream()
        .filter(begin -> begin.task().equals(task))
        .map(Begins.Begin::at)
        .reduce(Instant.MIN, (x, y) -> y);
  }

  private Instant first(String node, TaskId task) {
    return begins.of(node).stream()
        .filter(begin -> begin.task().equals(task))
        .map(Begins.Begin::at)
        .findFirst()
        .orElseThrow();
  }

  private static long distinct(List<Begins.Begin> of) {
    return of.stream().map(Begins.Begin::task).distinct().count();
  }

  private long held(KillSwitch kill) {
    return killSwitches.held(TestStore.ACME, List.of(kill.id())).get(kill.id()).tasks();
  }

  private KillSwitch engage(Scope scope, String target) {
    KillSwitches.Order order =
        new KillSwitches.Order(scope, target, "It does harm.", "key:operator");
    return store
        .database()
        .inTenant(TestStore.ACME, tx -> killSwitches.engage(tx, TestStore.ACME, order));
  }

  private void release(KillSwitch kill, @Nullable Integer perMinute) {
    store
        .database()
        .inTenantDo(
            TestStore.ACME,
            tx -> killSwitches.release(tx, TestStore.ACME, kill.id(), "key:operator", perMinute));
  }

  private List<Audit.Stored> audited(String type, KillSwitch kill) {
    killSwitches.audit();
    return audit(type, kill.id().toString());
  }

  private List<Audit.Stored> audit(String type, String subject) {
    return store
        .audit()
        .list(
            store.database(),
            TestStore.ACME,
            new Audit.Filter(type, null, subject, Long.MAX_VALUE),
            100);
  }

  private static WorkerSettings settings(String instance) {
    return new WorkerSettings(instance, 600, Duration.ofSeconds(10), 5);
  }

  private int port() {
    String url = store.settings().jdbcUrl();
    return Integer.parseInt(url.substring(url.lastIndexOf(':') + 1, url.lastIndexOf('/')));
  }

  private DatabaseSettings behind(TcpProxy line) {
    DatabaseSettings direct = store.settings();
    return new DatabaseSettings(
        direct.jdbcUrl().replace(":" + port() + "/", ":" + line.port() + "/"),
        direct.user(),
        direct.password(),
        direct.connectionsMax());
  }
}
