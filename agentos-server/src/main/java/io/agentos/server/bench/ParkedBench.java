package io.agentos.server.bench;

import io.agentos.api.AgentId;
import io.agentos.api.ApprovalId;
import io.agentos.api.Output;
import io.agentos.api.Request;
import io.agentos.api.Response;
import io.agentos.api.TaskId;
import io.agentos.api.ToolCall;
import io.agentos.api.ToolSpec;
import io.agentos.api.Zone;
import io.agentos.runtime.approvals.ApprovalView;
import io.agentos.runtime.approvals.Approvals;
import io.agentos.runtime.approvals.Question;
import io.agentos.runtime.approvals.Voter;
import io.agentos.runtime.durable.Durable;
import io.agentos.runtime.durable.Program;
import io.agentos.runtime.identity.Role;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What ten thousand tasks cost that wait for a person, and how fast one of them goes on. */
final class ParkedBench {
  private static final int TASKS = 10_000;
  private static final int DECISIONS = 200;
  private static final long WAIT_MINUTES_MAX = 10;
  private static final double MIB = 1024.0 * 1024.0;

  private final Consumer<String> progress;

  ParkedBench(Consumer<String> progress) {
    this.progress = progress;
  }

  Map<String, Double> run(Path runtimes) throws InterruptedException {
    try (BenchStore store = new BenchStore(runtimes)) {
      Asking program = new Asking(store);
      try (BenchStore.Node node = store.node(program, 512)) {
        node.worker().start();
        double heapBefore = heap();
        int threadsBefore = ManagementFactory.getThreadMXBean().getThreadCount();
        progress.accept("parking %d tasks".formatted(TASKS));
        List<TaskId> tasks = store.submit(TASKS, program.version());
        if (!program.asked.await(WAIT_MINUTES_MAX, TimeUnit.MINUTES)) {
          throw new IllegalStateException("the tasks were not parked within ten minutes");
        }
        while (node.worker().running() > 0) {
          TimeUnit.MILLISECONDS.sleep(5);
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("parked_tasks", (double) TASKS);
        figures.put("tasks_with_a_thread", (double) node.worker().running());
        figures.put("heap_growth_mib", heap() - heapBefore);
        figures.put(
            "platform_threads_growth",
            (double) ManagementFactory.getThreadMXBean().getThreadCount() - threadsBefore);
        progress.accept("deciding %d of them, one at a time".formatted(DECISIONS));
        double[] millis = decide(store, program, tasks);
        figures.put("decided_to_finished_p50_ms", millis[millis.length / 2]);
        figures.put("decided_to_finished_max_ms", millis[millis.length - 1]);
        return figures;
      }
    }
  }

  private static final Voter APPROVER = Voter.person("key:approver", Role.APPROVER);

  private static double[] decide(BenchStore store, Asking program, List<TaskId> tasks)
      throws InterruptedException {
    double[] millis = new double[DECISIONS];
    for (int i = 0; i < DECISIONS; i++) {
      TaskId task = tasks.get(i * (TASKS / DECISIONS));
      ApprovalView asked =
          program
              .approvals
              .list(BenchStore.TENANT, "pending", task, new java.util.UUID(-1L, -1L), 1)
              .getFirst();
      CountDownLatch ended = program.ended(task);
      Approvals.Say yes = new Approvals.Say(Approvals.Say.Choice.APPROVE, null, "", asked.digest());
      store
          .database()
          .inTenantDo(
              BenchStore.TENANT,
              tx ->
                  program.approvals.decide(
                      tx, BenchStore.TENANT, ApprovalId.parse(asked.id()), yes, APPROVER));
      long decided = System.nanoTime();
      if (!ended.await(WAIT_MINUTES_MAX, TimeUnit.MINUTES)) {
        throw new IllegalStateException("a decided task did not end within ten minutes");
      }
      millis[i] = (System.nanoTime() - decided) / 1e6;
    }
    Arrays.sort(millis);
    return millis;
  }

  /** Used heap after a collection, in MiB. */
  private static double heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MIB;
  }

  /** Asks a person, and ends when one has answered. */
  private static final class Asking implements Program {
    private static final ToolSpec TOOL =
        new ToolSpec(
            "bench.refund",
            "For the benchmark",
            Map.of("type", "object"),
            ToolSpec.Effect.ONCE,
            Zone.RED,
            Duration.ofMinutes(1));

    private final BenchStore store;
    private final Approvals approvals;
    private final CountDownLatch asked = new CountDownLatch(TASKS);
    private final Map<TaskId, CountDownLatch> ended = new ConcurrentHashMap<>();

    Asking(BenchStore store) {
      this.store = store;
      this.approvals = store.approvals();
    }

    CountDownLatch ended(TaskId task) {
      return ended.computeIfAbsent(task, _ -> new CountDownLatch(1));
    }

    @Override
    public String version() {
      return "bench-parked";
    }

    @Override
    public Response run(Durable durable, Request request) {
      asked.countDown();
      Question question =
          new Question(
              request,
              "call/approval",
              new AgentId("bench", "bench"),
              TOOL,
              new ToolCall("call", TOOL.name(), Map.of("amount", 100)),
              new Question.Because("The benchmark asks.", "bench/rule"),
              new Question.Versions("bench", "bench"),
              Duration.ofDays(1));
      String answer = approvals.ask(durable, question).decision().getClass().getSimpleName();
      return end(durable, request, new Response.Completed(Output.ofText(answer), durable.usage()));
    }

    @Override
    public Response end(Durable durable, Request request, Response response) {
      Response stored =
          durable.transaction(
              "finish",
              Response.class,
              step -> {
                store.stateStore().finish(step, response);
                return response;
              });
      ended(request.task()).countDown();
      return stored;
    }
  }
}
