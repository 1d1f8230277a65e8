package io.agentos.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.Quorum;
import io.agentos.api.Request;
import io.agentos.api.TaskId;
import io.agentos.api.ToolCall;
import io.agentos.api.Usage;
import io.agentos.api.Zone;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.definitions.AgentDefinition;
import io.agentos.runtime.definitions.AgentLimits;
import io.agentos.runtime.policy.Rule.Effect;
import io.agentos.runtime.policy.Rule.Kind;
import io.agentos.runtime.store.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rates on a real Postgres, counted by two nodes. */
final class RatesTest {
  private static final AgentDefinition CLERK = Samples.agent("shop.clerk", Zone.GREEN);
  private static TestStore store;
  private static Database other;

  @BeforeAll
  static void start() {
    store = new TestStore();
    other = new Database(store.settings());
  }

  @AfterAll
  static void stop() {
    other.close();
    store.close();
  }

  @Test
  void twoNodesRacing_neverExceedTheRate() throws Exception {
    List<Policies> nodes =
        List.of(
            policies(store.database(), rate("race", 7, "", Rate.Over.FORBID)),
            policies(other, rate("race", 7, "", Rate.Over.FORBID)));
    List<Callable<ToolVerdict>> calls = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Policies node = nodes.get(i % 2);
      calls.add(() -> call(node, TaskId.next(), "call-1/policy", 1));
    }

    List<ToolVerdict> verdicts = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<ToolVerdict> verdict : threads.invokeAll(calls)) {
        verdicts.add(verdict.get());
      }
    }

    assertThat(verdicts).filteredOn(ToolVerdict.Permit.class::isInstance).hasSize(7);
    assertThat(verdicts)
        .filteredOn(ToolVerdict.Forbid.class::isInstance)
        .hasSize(33)
        .allSatisfy(verdict -> assertThat(verdict.rule()).isEqualTo("test/race"));
  }

  @Test
  void aStepThatIsTriedAgain_orChangedByAPerson_countsOnce() {
    Policies policies = policies(store.database(), rate("again", 2, "", Rate.Over.FORBID));
    TaskId task = TaskId.next();

    assertThat(call(policies, task, "call-1/policy", 1)).isInstanceOf(ToolVerdict.Permit.class);
    assertThat(call(policies, task, "call-1/policy", 1)).isInstanceOf(ToolVerdict.Permit.class);
    assertThat(call(policies, task, "call-1/edited/policy", 5))
        .isInstanceOf(ToolVerdict.Permit.class);
    assertThat(call(policies, task, "call-2/policy", 1)).isInstanceOf(ToolVerdict.Permit.class);
    assertThat(call(policies, task, "call-3/policy", 1)).isInstanceOf(ToolVerdict.Forbid.class);
  }

  @Test
  void quota_countsAmounts_andTheChangedAmountOfAnEditedCall() {
    Policies policies =
        policies(store.database(), rate("money", 100, "int(args.amount)", Rate.Over.FORBID));
    TaskId task = TaskId.next();

    assertThat(call(policies, task, "call-1/policy", 60)).isInstanceOf(ToolVerdict.Permit.class);
    assertThat(call(policies, task, "call-2/policy", 41)).isInstanceOf(ToolVerdict.Forbid.class);
    assertThat(call(policies, task, "call-1/edited/policy", 100))
        .isInstanceOf(ToolVerdict.Permit.class);
    assertThat(call(policies, task, "call-3/policy", 1)).isInstanceOf(ToolVerdict.Forbid.class);
    assertThat(call(policies, task, "call-3/policy", -1))
        .isEqualTo(
            new ToolVerdict.Forbid(
                "test/money",
                "Rule test/money could not be evaluated (INVALID_AMOUNT); what cannot be evaluated"
                    + " is denied (error-deny)."));
  }

  @Test
  void overARateThatAsks_peopleAreAsked() {
    Policies policies = policies(store.database(), rate("ask", 1, "", Rate.Over.REQUIRE_APPROVAL));
    TaskId task = TaskId.next();

    assertThat(call(policies, task, "call-1/policy", 1)).isInstanceOf(ToolVerdict.Permit.class);
    assertThat(call(policies, task, "call-2/policy", 1))
        .isEqualTo(new ToolVerdict.RequireApproval("test/ask", "Enough.", Quorum.of(2)));
  }

  @Test
  void anotherTenant_countsForItself() {
    Policies policies = policies(store.database(), rate("tenant", 1, "", Rate.Over.FORBID));

    assertThat(call(policies, TaskId.next(), "call-1/policy", 1))
        .isInstanceOf(ToolVerdict.Permit.class);
    assertThat(call(policies, "other", TaskId.next(), "call-1/policy", 1))
        .isInstanceOf(ToolVerdict.Permit.class);
    assertThat(call(policies, TaskId.next(), "call-1/policy", 1))
        .isInstanceOf(ToolVerdict.Forbid.class);
  }

  private static Rule rate(String name, long max, String amount, Rate.Over over) {
    return new Rule(
        name,
        Kind.QUOTA,
        Effect.LIMIT,
        Samples.match().tools("pay.refund").build(),
        "",
        "Enough.",
        AgentLimits.NONE,
        Quorum.of(2),
        new Rate(max, Duration.ofHours(1), Rate.By.TENANT, amount, over),
        0);
  }

  private static Policies policies(Database database, Rule rate) {
    Rule permit = Samples.permit("tools", Samples.match().tools("*").build());
    return new Policies(
        database,
        List.of(new Policy("test", "A test", List.of(permit, rate))),
        InstantSource.system());
  }

  private static ToolVerdict call(Policies policies, TaskId task, String step, long amount) {
    return call(policies, "acme", task, step, amount);
  }

  private static ToolVerdict call(
      Policies policies, String tenant, TaskId task, String step, long amount) {
    Request request = Samples.request(tenant, new Request.Target(null, null, null), 5, Map.of());
    return policies.tool(
        new TestStep(tenant, task, 1, step),
        new Action(
            request,
            CLERK,
            Samples.tool("pay.refund", Zone.YELLOW),
            new ToolCall("1", "pay.refund", Map.of("amount", amount)),
            new Progress("", List.of(), List.of(), Usage.NONE)));
  }
}
