package io.agentos.runtime.approvals;

import io.agentos.api.AgentId;
import io.agentos.api.KeyId;
import io.agentos.api.Quorum;
import io.agentos.api.Request;
import io.agentos.api.TaskId;
import io.agentos.api.TaskInput;
import io.agentos.api.ToolCall;
import io.agentos.api.ToolSpec;
import io.agentos.api.Zone;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.identity.Principal;
import io.agentos.runtime.identity.Role;
import io.agentos.runtime.state.StateStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** People, tasks and questions of the tests of approvals. */
final class Panel {
  static final Voter ANN = Voter.person("key:ann", Role.APPROVER);
  static final Voter BEN = Voter.person("key:ben", Role.APPROVER);
  static final Voter CAT = Voter.person("key:cat", Role.OPERATOR);
  static final Voter DAN = Voter.person("key:dan", Role.ADMIN);
  static final Voter EVE = Voter.person("key:eve", Role.DEVELOPER);
  static final Voter ASKER = Voter.person("key:asker", Role.ADMIN);
  static final Voter BOSS = Voter.person("key:boss", Role.ADMIN);
  static final Voter BOT =
      Voter.of(
          new Principal(
              TestStore.ACME, KeyId.next(), "bot", Role.ADMIN, new AgentId("shop", "clerk")));
  static final List<Voter> ALL = List.of(ANN, BEN, CAT, DAN, EVE, ASKER, BOSS, BOT);
  static final AgentId CLERK = new AgentId("shop", "clerk");

  private static final Duration PATIENCE = Duration.ofHours(2);

  private Panel() {}

  static ToolSpec tool(Zone zone) {
    return new ToolSpec(
        "shop.refund",
        "Pays money back",
        Map.of("type", "object"),
        ToolSpec.Effect.IDEMPOTENT,
        zone,
        Duration.ofSeconds(5));
  }

  /** A task of the asker, for a task of the boss; stored. */
  static Request task(TestStore store) {
    StateStore stateStore = new StateStore(store.database(), store.keys());
    Request above = request(TaskId.next(), BOSS.id(), null);
    Request request = request(TaskId.next(), ASKER.id(), above.task());
    store
        .database()
        .inTenantDo(
            TestStore.ACME,
            tx -> {
              stateStore.create(tx, above, "panel/1");
              stateStore.create(tx, request, "panel/1");
            });
    return request;
  }

  static Question question(
      Request request, Zone zone, Quorum quorum, Map<String, @Nullable Object> arguments) {
    ToolSpec tool = tool(zone);
    return new Question(
            request,
            "call/approval",
            CLERK,
            tool,
            new ToolCall("c1", tool.name(), arguments),
            new Question.Because("Money leaves.", "zone/red"),
            new Question.Versions("a1", "p1"),
            PATIENCE)
        .of(quorum, zone);
  }

  /** Runs a statement as a superuser; says how many rows it touched. */
  static int pastEveryRule(TestStore store, String sql) {
    try (Connection connection =
            DriverManager.getConnection(
                store.admin().jdbcUrl(), store.admin().user(), store.admin().password());
        Statement statement = connection.createStatement()) {
      statement.execute("set search_path = agentos");
      return statement.executeUpdate(sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static Request request(TaskId task, String principal, @Nullable TaskId parent) {
    return new Request(
        TestStore.ACME,
        task,
        principal,
        new Request.Target(null, null, null),
        new TaskInput.Text("go"),
        5,
        null,
        null,
        Map.of(),
        parent);
  }
}
