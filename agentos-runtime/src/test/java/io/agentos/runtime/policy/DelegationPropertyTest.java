package io.agentos.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.AgentId;
import io.agentos.api.KeyId;
import io.agentos.api.Mandate;
import io.agentos.api.Mandate.Grantor;
import io.agentos.api.Request;
import io.agentos.api.ToolCall;
import io.agentos.api.Zone;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.identity.Identity;
import io.agentos.runtime.identity.Identity.NewKey;
import io.agentos.runtime.identity.Permission;
import io.agentos.runtime.identity.Principal;
import io.agentos.runtime.identity.Role;
import io.agentos.runtime.identity.Scopes;
import io.agentos.runtime.policy.PolicyLoader.Text;
import io.agentos.runtime.state.Line;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random trees of delegations under random rules, those that give a lesser role more among them: no
 * task may do what any of those above it may not.
 */
final class DelegationPropertyTest {
  private static final long SEED = 20_261_123;
  private static final int TREES = 40;
  private static final int TASKS = 8;
  private static final List<String> TOOLS = List.of("pay.refund", "mail.send", "files.read");
  private static final List<Role> ASKING = List.of(Role.ADMIN, Role.OPERATOR, Role.DEVELOPER);

  private final Random random = new Random(SEED);
  private int allowed;
  private int refused;

  @Test
  void noTask_mayWhatOneAboveItMayNot() {
    try (TestStore store = new TestStore()) {
      Identity identity = new Identity(store.database(), store.audit());
      Line line = new Line(store);
      for (int tree = 0; tree < TREES; tree++) {
        Policies policies = policies(store);
        List<Request> tasks = new ArrayList<>();
        List<KeyId> keys = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) {
          tasks.add(task(identity, line, tasks, keys));
        }
        tasks.forEach(task -> check(policies, task));
        KeyId revoked = keys.get(random.nextInt(keys.size()));
        identity.revokeKey(TestStore.ACME, revoked, "test");
        tasks.forEach(task -> checkWithout(policies, task, revoked));
      }
    }
    assertThat(allowed).as("the rules allow something").isGreaterThan(100);
    assertThat(refused).as("and refuse something").isGreaterThan(100);
  }

  private Request task(Identity identity, Line line, List<Request> tasks, List<KeyId> keys) {
    Request parent =
        tasks.isEmpty() || random.nextInt(6) == 0 ? null : tasks.get(random.nextInt(tasks.size()));
    if (parent != null && random.nextInt(3) == 0) {
      line.served(parent.task(), "shop.clerk");
      return line.create(Line.request("agent:shop.clerk", null, parent.task()));
    }
    AgentId agent = random.nextInt(4) == 0 ? new AgentId("shop", "clerk") : null;
    NewKey wanted =
        new NewKey("a key", ASKING.get(random.nextInt(ASKING.size())), null, agent, null, scopes());
    Principal by =
        identity.authenticate(identity.createKey(TestStore.ACME, wanted, "test").secret());
    keys.add(by.key());
    return line.create(
        Line.request(
            by.id(), null, parent == null ? null : parent.task(), Mandate.of(by.grantor())));
  }

  private Scopes scopes() {
    if (random.nextInt(3) == 0) {
      return Scopes.ALL;
    }
    EnumSet<Permission> some = EnumSet.of(Permission.SUBMIT);
    for (Permission permission : Permission.values()) {
      if (random.nextBoolean()) {
        some.add(permission);
      }
    }
    return Scopes.of(some);
  }

  /** Each rule looks at the role or the scopes of whoever asks, in either direction. */
  private Policies policies(TestStore store) {
    StringBuilder rules = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      String effect =
          List.of("permit", "permit", "forbid", "require-approval").get(random.nextInt(4));
      String reason = effect.equals("permit") ? "" : ", reason: Because.";
      rules.append(
          "    - {name: r%d, effect: %s, match: {tools: [%s]}, when: \"%s\"%s}\n"
              .formatted(i, effect, TOOLS.get(random.nextInt(TOOLS.size())), condition(), reason));
    }
    String text =
        """
        apiVersion: agentos.io/v1
        kind: Policy
        metadata: {name: test, description: Random.}
        spec:
          rules:
            - {name: tasks, effect: permit, match: {tenants: ["*"]}}
        """
            + rules;
    return new Policies(
        store.database(),
        PolicyLoader.read(List.of(new Text("random.yaml", text)), Layer.BASE, ""),
        InstantSource.system());
  }

  private String condition() {
    String not = random.nextBoolean() ? "" : "!";
    if (random.nextBoolean()) {
      return "%s(principal.role in ['%s', '%s'])".formatted(not, role().text(), role().text());
    }
    Permission[] all = Permission.values();
    return "%s('%s' in principal.scopes)".formatted(not, all[random.nextInt(all.length)].scope());
  }

  private Role role() {
    Role[] all = Role.values();
    return all[random.nextInt(all.length)];
  }

  private void check(Policies policies, Request task) {
    for (String tool : TOOLS) {
      int rank = rank(policies, task, tool);
      if (rank > 0) {
        allowed++;
      } else {
        refused++;
      }
      for (Grantor grantor : task.mandate().grantors()) {
        if (grantor.key() != null) {
          Request alone = task.under(Mandate.of(grantor), null);
          assertThat(rank)
              .as("seed %d: %s for %s", SEED, tool, task.mandate())
              .isLessThanOrEqualTo(rank(policies, alone, tool));
        }
      }
    }
  }

  private static void checkWithout(Policies policies, Request task, KeyId revoked) {
    boolean touched =
        task.mandate().grantors().stream()
            .anyMatch(grantor -> revoked.toString().equals(grantor.key()));
    if (touched) {
      TOOLS.forEach(tool -> assertThat(rank(policies, task, tool)).isZero());
    }
  }

  /** 0 for no, 1 for a question, 2 for yes. */
  private static int rank(Policies policies, Request task, String tool) {
    TestStep step = new TestStep("acme", task.task(), 3, "turn-1/call-1/policy");
    Action action =
        new Action(
            task,
            Samples.agent("shop.clerk", Zone.GREEN),
            Samples.tool(tool, Zone.GREEN),
            new ToolCall("1", tool, Map.of()),
            Progress.NONE);
    return switch (policies.tool(step, action)) {
      case ToolVerdict.Forbid _ -> 0;
      case ToolVerdict.RequireApproval _ -> 1;
      case ToolVerdict.Permit _ -> 2;
    };
  }
}
