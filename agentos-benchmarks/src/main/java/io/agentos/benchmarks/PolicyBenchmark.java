package io.agentos.benchmarks;

import io.agentos.api.AgentId;
import io.agentos.api.Request;
import io.agentos.api.StepKey;
import io.agentos.api.TaskId;
import io.agentos.api.TaskInput;
import io.agentos.api.TenantId;
import io.agentos.api.ToolCall;
import io.agentos.api.ToolSpec;
import io.agentos.api.Usage;
import io.agentos.api.Zone;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.definitions.AgentLimits;
import io.agentos.runtime.definitions.OutputTemplate;
import io.agentos.runtime.definitions.WorkflowAgent;
import io.agentos.runtime.policy.Action;
import io.agentos.runtime.policy.Layer;
import io.agentos.runtime.policy.Policies;
import io.agentos.runtime.policy.PolicyLoader;
import io.agentos.runtime.policy.Progress;
import io.agentos.runtime.policy.ToolVerdict;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One decision about a tool call, from the call to the verdict: its facts put together, and every
 * rule asked. What is left out is Postgres, where the decision is recorded with its step.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PolicyBenchmark {
  private static final int RULES = 200;
  private static final int SHAPES = 5;

  /**
   * {@code conditions}: 200 different conditions, each of which must be evaluated to its last part;
   * {@code match}: the same rules without them; {@code unrelated}: conditions about other tools.
   */
  @Param({"conditions", "match", "unrelated"})
  private String rules = "conditions";

  private Policies policies;
  private Action action;
  private BenchStep step;

  /** Reads the rules as the server would. */
  @Setup
  public void read() {
    StringBuilder document =
        new StringBuilder(
            """
            apiVersion: agentos.io/v1
            kind: Policy
            metadata: {name: bench, description: Two hundred rules}
            spec:
              rules:
                - {name: permit, effect: permit, match: {tools: ["*"]}}
            """);
    for (int i = 1; i < RULES; i++) {
      document.append(rule(i));
    }
    policies =
        Policies.fixed(
            PolicyLoader.read(
                List.of(new PolicyLoader.Text("bench.yaml", document.toString())), Layer.BASE, ""),
            InstantSource.system());
    TaskId task = TaskId.next();
    TenantId tenant = new TenantId("acme");
    step = new BenchStep(new StepKey(tenant, task, 1, "turn-1/call-1/policy"));
    action = action(tenant, task);
    if (!(policies.tool(step, action) instanceof ToolVerdict.Permit)) {
      throw new IllegalStateException("the call must pass every rule");
    }
  }

  /** One decision. */
  @Benchmark
  public ToolVerdict decide() {
    return policies.tool(step, action);
  }

  private String rule(int number) {
    String when =
        switch (number % SHAPES) {
          case 0 -> "args.amount > %d && labels.env == 'prod'".formatted(10_000 + number);
          case 1 ->
              "usage.cost_usd_micros > %d || size(history.tools) > 90".formatted(number * 9_000);
          case 2 ->
              "'secrets.read%d' in history.tools && tool.name == 'pay.refund'".formatted(number);
          case 3 -> "args.to.endsWith('.example%d') && agent.zone == 'green'".formatted(number);
          default ->
              "now.getHours('Europe/Berlin') > 24 + %d && principal.kind == 'key'"
                  .formatted(number);
        };
    return "    - {name: r%d, effect: %s, match: {tools: [%s]}, %s reason: No.}\n"
        .formatted(
            number,
            number % 2 == 0 ? "forbid" : "require-approval",
            rules.equals("unrelated") ? "files.read" : "pay.refund",
            rules.equals("match") ? "" : "when: \"%s\",".formatted(when))
        .replace(
            rules.equals("match") ? "tools: [pay.refund]" : "\0",
            "tools: [pay.refund], packs: [other%d]".formatted(number));
  }

  private static AgentDefinition clerk() {
    return new AgentDefinition(
        AgentId.parse("shop.clerk"),
        "A clerk",
        Zone.GREEN,
        List.of(),
        List.of(),
        Map.of(),
        List.of(),
        List.of(),
        AgentLimits.NONE,
        new WorkflowAgent(List.of(), new OutputTemplate("x", null)));
  }

  private static Action action(TenantId tenant, TaskId task) {
    Request request =
        new Request(
            tenant,
            task,
            "key:bench",
            new Request.Target(null, null, null),
            new TaskInput.Text("Refund it."),
            5,
            null,
            null,
            Map.of("env", "prod"),
            null);
    ToolSpec tool =
        new ToolSpec(
            "pay.refund",
            "Pays back",
            Map.of("type", "object"),
            ToolSpec.Effect.ONCE,
            Zone.YELLOW,
            Duration.ofSeconds(10));
    return new Action(
        request,
        clerk(),
        tool,
        new ToolCall(
            "1", "pay.refund", Map.of("amount", 20, "to", "jo@mail.test", "note", "As agreed.")),
        new Progress(
            "",
            List.of("orders.find", "files.read", "orders.find"),
            List.of("tool:files.read", "tool:orders.find"),
            new Usage(1_000, 200, 0, 0, 4_000, 2, 3)));
  }
}
