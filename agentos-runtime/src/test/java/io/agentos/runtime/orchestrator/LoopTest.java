package io.agentos.runtime.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.Message;
import io.agentos.api.TaskId;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.durable.CrashingJournal;
import io.agentos.runtime.durable.Entry;
import io.agentos.runtime.state.TaskView;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An agent that goes in circles is ended; one that polls is not. */
final class LoopTest {
  private static final Message.Assistant END =
      new Message.Assistant("# Summary\nAll is done.", List.of());
  private static final Message.Assistant TWO_CALLS =
      Shop.calls(Shop.call("c1", "shop.read", 1), Shop.call("c2", "shop.read", 2));
  private static TestStore store;

  @BeforeAll
  static void open() {
    store = new TestStore();
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @Test
  void sameCallWithTheSameAnswer_fiveTimes_endsTheTask() {
    Shop shop = new Shop(_ -> Shop.calls(Shop.call("c1", "shop.read", 1)), said -> said);
    TestSystem system = new TestSystem(store, shop);
    try (TestSystem.Node _ = system.start(UnaryOperator.identity())) {
      TaskId task = system.submit("shop.clerk");
      TaskView ended = system.endedWithApprovals(task);

      assertThat(ended.state()).isEqualTo("failed");
      assertThat(ended.error())
          .isEqualTo(
              new TaskView.Problem(
                  "LOOP_DETECTED",
                  "The agent called shop.read 5 times with the same arguments and got the same answer each time; change its instructions, or what the tool answers."));
      assertThat(reads(shop)).isEqualTo(5);
      assertThat(types(system, task)).containsOnlyOnce("loop.detected");
      assertThat(audited(task))
          .singleElement()
          .satisfies(entry -> {
            assertThat(entry.actor()).isEqualTo("agent:shop.clerk");
            assertThat(entry.body()).contains("\"tool\":\"shop.read\"", "\"times\":\"5\"");
          });
    }
  }

  @Test
  void otherCallsBetween_doNotHideTheLoop() {
    Shop shop = new Shop(_ -> TWO_CALLS, said -> said);
    TestSystem system = new TestSystem(store, shop);
    try (TestSystem.Node _ = system.start(UnaryOperator.identity())) {
      TaskView ended = system.endedWithApprovals(system.submit("shop.clerk"));

      assertThat(ended.error()).isNotNull();
      assertThat(ended.error().code()).isEqualTo("LOOP_DETECTED");
      assertThat(reads(shop)).isEqualTo(9);
    }
  }

  @Test
  void pollingWithOtherAnswers_isNoLoop() {
    AtomicInteger answers = new AtomicInteger();
    Shop shop =
        new Shop(
            turn -> turn < 7 ? Shop.calls(Shop.call("c1", "shop.read", 1)) : END,
            said -> said + " answer " + answers.incrementAndGet());
    TestSystem system = new TestSystem(store, shop);
    try (TestSystem.Node _ = system.start(UnaryOperator.identity())) {
      assertThat(system.endedWithApprovals(system.submit("shop.clerk")).state())
          .isEqualTo("completed");
      assertThat(reads(shop)).isEqualTo(7);
    }
  }

  @Test
  void anotherAnswerNowAndThen_beginsTheCountAnew() {
    AtomicInteger answers = new AtomicInteger();
    Shop shop =
        new Shop(
            turn -> turn < 7 ? Shop.calls(Shop.call("c1", "shop.read", 1)) : END,
            said -> said + (answers.incrementAndGet() == 4 ? " news" : ""));
    TestSystem system = new TestSystem(store, shop);
    try (TestSystem.Node _ = system.start(UnaryOperator.identity())) {
      assertThat(system.endedWithApprovals(system.submit("shop.clerk")).state())
          .isEqualTo("completed");
    }
  }

  @Test
  void loop_isCountedAcrossACrash() throws InterruptedException {
    Shop shop = new Shop(_ -> Shop.calls(Shop.call("c1", "shop.read", 1)), said -> said);
    TestSystem system = new TestSystem(store, shop);
    TaskId task;
    CrashingJournal[] dying = new CrashingJournal[1];
    try (TestSystem.Node _ =
        system.start(journal -> {
          dying[0] = new CrashingJournal(journal, 12, CrashingJournal.Side.AFTER);
          return dying[0];
        })) {
      task = system.submit("shop.clerk");
      assertThat(dying[0].diedWithin(30_000)).isTrue();
    }
    try (TestSystem.Node _ = system.start(UnaryOperator.identity())) {
      TaskView ended = system.endedWithApprovals(task);
      assertThat(ended.error()).isNotNull();
      assertThat(ended.error().code()).isEqualTo("LOOP_DETECTED");
      assertThat(audited(task)).hasSize(1);
    }
  }

  private static long reads(Shop shop) {
    return shop.calls().stream().filter(call -> call.what().equals("shop.read")).count();
  }

  private static List<String> types(TestSystem system, TaskId task) {
    return system.stateStore().events(TestStore.ACME, task, 0, 1_000).stream()
        .map(Entry::type)
        .toList();
  }

  private static List<Audit.Stored> audited(TaskId task) {
    return store
        .audit()
        .list(
            store.database(),
            TestStore.ACME,
            new Audit.Filter("loop.detected", null, task.toString(), Long.MAX_VALUE),
            10);
  }
}
