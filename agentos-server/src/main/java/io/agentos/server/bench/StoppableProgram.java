package io.agentos.server.bench;

import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.Output;
import io.agentos.api.Request;
import io.agentos.api.Response;
import io.agentos.api.ToolSpec;
import io.agentos.api.Usage;
import io.agentos.runtime.durable.Durable;
import io.agentos.runtime.durable.Intent;
import io.agentos.runtime.durable.Program;
import io.agentos.runtime.durable.Step;
import io.agentos.runtime.killswitch.Reach;
import io.agentos.runtime.state.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Calls of one tool that last until they are interrupted, or of every tenth task one short call
 * after the other; each says when it began, by a clock that does not jump.
 */
final class StoppableProgram implements Program {
  static final String TOOL = "bench.pay";
  private static final int LOOPING = 10;

  private final String version;
  private final StateStore stateStore;
  private final Marks marks;
  private final String node;

  StoppableProgram(String version, StateStore stateStore, Marks marks, String node) {
    this.version = version;
    this.stateStore = stateStore;
    this.marks = marks;
    this.node = node;
  }

  /** What the calls of one round say. Thread-safe. */
  static final class Marks {
    private final Instant origin = Instant.now();
    private final long originNanos = System.nanoTime();
    private final CountDownLatch running;
    private final CountDownLatch open = new CountDownLatch(1);
    private final AtomicInteger tasks = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final Queue<Begin> begins = new ConcurrentLinkedQueue<>();
    private final Queue<Long> interrupted = new ConcurrentLinkedQueue<>();

    private record Begin(String node, long atNanos) {}

    Marks(int tasks) {
      running = new CountDownLatch(tasks);
    }

    /** How many tasks have not begun their first call. */
    long running() {
      return running.getCount();
    }

    int ended() {
      return ended.get();
    }

    List<Long> interrupted() {
      return List.copyOf(interrupted);
    }

    /** Lets calls end by themselves from now on. */
    void open() {
      open.countDown();
    }

    long begunAfter(String ofNode, Instant at) {
      return begins.stream()
          .filter(begin -> begin.node.equals(ofNode))
          .filter(begin -> origin.plusNanos(begin.atNanos - originNanos).isAfter(at))
          .count();
    }
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public Response run(Durable durable, Request request) {
    boolean loops =
        durable.step("kind", Boolean.class, _ -> marks.tasks.getAndIncrement() % LOOPING == 0);
    String said = "on";
    for (int i = 0; said.equals("on"); i++) {
      boolean first = i == 0;
      said =
          durable.effect(
              intent(request, "call-" + i), String.class, step -> act(step, loops, first));
    }
    return end(durable, request, new Response.Completed(Output.ofText("done"), durable.usage()));
  }

  @Override
  public Response end(Durable durable, Request request, Response response) {
    Response stored =
        durable.transaction(
            "finish",
            Response.class,
            step -> {
              stateStore.finish(step, response);
              return response;
            });
    marks.ended.incrementAndGet();
    return stored;
  }

  private String act(Step step, boolean loops, boolean first) {
    marks.begins.add(new Marks.Begin(node, System.nanoTime()));
    step.used(Usage.ONE_TOOL_CALL);
    if (first) {
      marks.running.countDown();
    }
    if (!loops) {
      try {
        marks.open.await();
      } catch (InterruptedException e) {
        marks.interrupted.add(System.nanoTime());
        throw new AgentOsException(ErrorCode.TOOL_FAILED, "Interrupted.", e);
      }
    }
    return marks.open.getCount() == 0 ? "end" : "on";
  }

  private static Intent intent(Request request, String name) {
    return new Intent(
        name,
        ToolSpec.Effect.IDEMPOTENT,
        Reach.ofTask(request.tenant(), request.task()).withTool(TOOL),
        "0".repeat(64),
        Map.of("kind", "tool", "tool", TOOL),
        List.of(),
        Duration.ofMinutes(10),
        3);
  }
}
