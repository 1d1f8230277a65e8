package io.agentos.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.AgentId;
import io.agentos.api.KeyId;
import io.agentos.api.Mandate;
import io.agentos.api.Request;
import io.agentos.api.TaskId;
import io.agentos.api.ToolCall;
import io.agentos.api.UserId;
import io.agentos.api.Verdict;
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
import io.agentos.testkit.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On whose behalf a task runs is asked anew at each decision. */
final class StandingsTest {
  private static final String RULES =
      """
      apiVersion: agentos.io/v1
      kind: Policy
      metadata: {name: test, description: Who may refund.}
      spec:
        rules:
          - {name: tasks, effect: permit, match: {tenants: ["*"]}}
          - {name: all, effect: permit, match: {tools: ["*"]}}
          - name: refunds
            effect: forbid
            match: {tools: [pay.refund]}
            when: "!(principal.role in ['admin', 'operator'])"
            reason: Refunds are for operators.
          - name: budgets
            effect: forbid
            match: {tools: [pay.limit]}
            when: "!('budgets:write' in principal.scopes)"
            reason: Limits are for who may set budgets.
      """;

  private static TestStore store;
  private static Identity identity;
  private static Policies policies;
  private static Line line;

  @BeforeAll
  static void open() {
    store = new TestStore();
    identity = new Identity(store.database(), store.audit());
    policies =
        new Policies(
            store.database(),
            PolicyLoader.read(List.of(new Text("test.yaml", RULES)), Layer.BASE, ""),
            InstantSource.system());
    line = new Line(store);
  }

  @AfterAll
  static void close() {
    store.close();
  }

  private static Principal key(Role role) {
    return key(new NewKey("a key", role, null));
  }

  private static Principal key(NewKey wanted) {
    return identity.authenticate(identity.createKey(TestStore.ACME, wanted, "test").secret());
  }

  private static Request task(Principal by, @Nullable Request parent) {
    return line.create(
        Line.request(
            by.id(), null, parent == null ? null : parent.task(), Mandate.of(by.grantor())));
  }

  private static String says(Request request, String tool) {
    TestStep step = new TestStep("acme", request.task(), 3, "turn-1/call-1/policy");
    Action action =
        new Action(
            request,
            Samples.agent("shop.clerk", Zone.GREEN),
            Samples.tool(tool, Zone.GREEN),
            new ToolCall("1", tool, Map.of()),
            Progress.NONE);
    return switch (policies.tool(step, action)) {
      case ToolVerdict.Permit(String rule) -> rule;
      case ToolVerdict.Forbid(String rule, String reason) -> rule + ": " + reason;
      case ToolVerdict.RequireApproval(String rule, String reason, _) -> rule + "? " + reason;
    };
  }

  @Test
  void aTaskBelowAnother_mayWhatBothMay() {
    Principal operator = key(Role.OPERATOR);
    Principal developer = key(Role.DEVELOPER);

    assertThat(says(task(operator, null), "pay.refund")).isEqualTo("test/all");
    assertThat(says(task(developer, null), "pay.refund"))
        .isEqualTo("test/refunds: Refunds are for operators.");
    assertThat(says(task(operator, task(developer, null)), "pay.refund"))
        .isEqualTo("test/refunds: Refunds are for operators.");
    assertThat(says(task(developer, task(operator, null)), "pay.refund"))
        .isEqualTo("test/refunds: Refunds are for operators.");
    assertThat(says(task(operator, task(operator, null)), "pay.refund")).isEqualTo("test/all");
  }

  @Test
  void scopes_narrowToo_andAnAgentHoldsNothingOfPeople() {
    Principal operator = key(Role.OPERATOR);
    Principal narrow =
        key(
            new NewKey(
                "narrow",
                Role.OPERATOR,
                null,
                null,
                null,
                Scopes.of(Set.of(Permission.READ, Permission.SUBMIT))));
    Principal agents = key(new NewKey("own", Role.OPERATOR, null, new AgentId("shop", "clerk")));
    String no = "test/budgets: Limits are for who may set budgets.";

    assertThat(says(task(operator, null), "pay.limit")).isEqualTo("test/all");
    assertThat(says(task(narrow, null), "pay.limit")).isEqualTo(no);
    assertThat(says(task(operator, task(narrow, null)), "pay.limit")).isEqualTo(no);
    assertThat(says(task(agents, null), "pay.limit")).isEqualTo(no);

    Request root = task(operator, null);
    line.served(root.task(), "shop.clerk");
    Request below = line.create(Line.request("agent:shop.clerk", null, root.task()));
    assertThat(says(below, "pay.limit")).isEqualTo(no);
    assertThat(says(below, "pay.refund")).as("the role is the operator's").isEqualTo("test/all");
  }

  @Test
  void aKeyThatIsRevoked_stopsItsTasksAndThoseBelow_atTheNextQuestion() {
    Principal boss = key(Role.ADMIN);
    Principal other = key(Role.ADMIN);
    Request root = task(boss, null);
    Request below = task(other, root);
    assertThat(says(below, "mail.send")).isEqualTo("test/all");

    KeyId revoked = boss.key();
    identity.revokeKey(TestStore.ACME, revoked, "test");

    String no =
        "no-mandate: key:%s, on whose behalf the task runs, had its key revoked."
            .formatted(revoked);
    assertThat(says(root, "mail.send")).isEqualTo(no);
    assertThat(says(below, "mail.send")).isEqualTo(no);
    assertThat(says(task(other, null), "mail.send")).isEqualTo("test/all");
    TestStep step = new TestStep("acme", root.task(), 1, "policy");
    assertThat(policies.validate(step, root))
        .isInstanceOfSatisfying(
            Verdict.Deny.class, deny -> assertThat(deny.rule()).isEqualTo("no-mandate"));
    assertThat(
            policies.model(
                step,
                0,
                root,
                Samples.agent("shop.clerk", Zone.GREEN),
                "some/model",
                Progress.NONE))
        .isInstanceOf(ModelVerdict.Forbid.class);
  }

  @Test
  void aKeyThatHasExpired_isAsOneThatWasRevoked() {
    Principal brief = key(new NewKey("short", Role.ADMIN, Instant.now().plusSeconds(3_600)));
    Request request = task(brief, null);
    assertThat(says(request, "mail.send")).isEqualTo("test/all");

    run("update api_key set expires_at = now() where key_id = '%s'".formatted(brief.key().value()));

    assertThat(says(request, "mail.send"))
        .isEqualTo(
            "no-mandate: %s, on whose behalf the task runs, came with a key that has expired."
                .formatted(brief.id()));
  }

  @Test
  void aRoleThatIsLowered_countsAtTheNextQuestion_andOneThatIsRaisedDoesNot() {
    UserId user = UserId.next();
    run(
        """
        insert into user_account (tenant_id, user_id, email, name, role)
        values ('acme', '%s', '%s@example.com', 'Ann', 'operator')
        """
            .formatted(user.value(), user.value()));
    Mandate mandate =
        Mandate.of(new Mandate.Grantor("user:" + user, null, Role.OPERATOR.text(), null));
    Request request = line.create(Line.request("user:" + user, null, null, mandate));
    assertThat(says(request, "pay.refund")).isEqualTo("test/all");

    role(user, "developer");
    assertThat(says(request, "pay.refund")).isEqualTo("test/refunds: Refunds are for operators.");
    role(user, "viewer");
    assertThat(says(request, "mail.send"))
        .isEqualTo(
            "no-mandate: user:%s, on whose behalf the task runs, may no longer ask for tasks."
                .formatted(user));
    role(user, "operator");
    assertThat(says(request, "pay.refund")).isEqualTo("test/all");
    Mandate little =
        Mandate.of(new Mandate.Grantor("user:" + user, null, Role.DEVELOPER.text(), null));
    assertThat(says(line.create(Line.request("user:" + user, null, null, little)), "pay.refund"))
        .as("asked for as a developer")
        .isEqualTo("test/refunds: Refunds are for operators.");
    run("update user_account set disabled_at = now() where user_id = '%s'".formatted(user.value()));
    assertThat(says(request, "mail.send"))
        .isEqualTo(
            "no-mandate: user:%s, on whose behalf the task runs, was disabled.".formatted(user));
  }

  @Test
  void decisions_areRecordedForEachOfTheLine() {
    Request below = task(key(Role.OPERATOR), task(key(Role.ADMIN), null));
    TestStep step = new TestStep("acme", TaskId.next(), 3, "turn-1/call-1/policy");
    policies.tool(
        step,
        new Action(
            below,
            Samples.agent("shop.clerk", Zone.GREEN),
            Samples.tool("pay.refund", Zone.GREEN),
            new ToolCall("1", "pay.refund", Map.of()),
            Progress.NONE));

    assertThat(step.writes())
        .filteredOn(write -> write.sql().equals(PolicySql.DECISION))
        .extracting(write -> write.parameters().get(3))
        .as("the operator, who is the narrowest too, and the admin")
        .containsExactly(0, 1_000);
  }

  private static void role(UserId user, String role) {
    run("update user_account set role = '%s' where user_id = '%s'".formatted(role, user.value()));
  }

  private static void run(String sql) {
    TestPostgres.TestDatabase admin = store.admin();
    try (Connection connection =
            DriverManager.getConnection(admin.jdbcUrl(), admin.user(), admin.password());
        Statement statement = connection.createStatement()) {
      statement.execute("set search_path = agentos");
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
