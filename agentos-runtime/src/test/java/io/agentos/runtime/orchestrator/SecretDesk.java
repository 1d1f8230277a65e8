package io.agentos.runtime.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.ApprovalId;
import io.agentos.api.Message;
import io.agentos.api.TaskId;
import io.agentos.api.ToolCall;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.approvals.ApprovalView;
import io.agentos.runtime.approvals.Approvals.Say;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.secrets.SecretAllowance;
import io.agentos.runtime.secrets.Secrets;
import io.agentos.runtime.state.TaskView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Tasks of an agent whose tools are called with secrets, and all the places where one could show.
 */
final class SecretDesk {
  static final String VALUE = "c4n4ry+Zq7Vt0xM2wLpE9sRk";
  static final String NEXT = "n3xt-c4n4ry+Yh5Ug8Jn3Bf6D";
  static final String NAME = "crm-token";

  static final Secrets.About ALLOWED =
      new Secrets.About(
          "of the CRM",
          new SecretAllowance(
              List.of("crm.post/token", "crm.post/headers", "crm.wipe/token"), List.of("shop.*")),
          false);

  final TestStore store = new TestStore();
  final Secrets secrets = new Secrets(store.database(), store.vault(), store.audit());
  final Outside outside = new Outside();
  final Canary.Printed printed = new Canary.Printed();

  /**
   * Lets a red call wait for people, does something, says yes, and returns what the model heard.
   */
  String wiped(java.util.function.Consumer<TaskId> meanwhile) throws InterruptedException {
    return wiped(meanwhile, null);
  }

  String wiped(java.util.function.Consumer<TaskId> meanwhile, @Nullable String edited)
      throws InterruptedException {
    Shop shop =
        shop(answers ->
            switch (answers) {
              case 0 -> wipe("nothing");
              default -> new Message.Assistant("All is done.", List.of());
            });
    TestSystem system = new TestSystem(store, shop);
    TaskId task = system.submit("shop.caller");
    try (TestSystem.Node _ = system.start(journal -> journal)) {
      system.await(task, view -> "waiting".equals(view.state()));
      ApprovalView asked = system.pending(task).getFirst();
      assertThat(Json.write(asked.arguments())).contains("\"secret:crm-token@1\"");
      meanwhile.accept(task);
      if (edited == null) {
        system.approve(task);
      } else {
        Say say = new Say(Say.Choice.EDIT, sorted(edited, "edited"), "", asked.digest());
        store
            .database()
            .inTenantDo(
                TestStore.ACME,
                tx ->
                    system
                        .approvals()
                        .decide(
                            tx,
                            TestStore.ACME,
                            ApprovalId.parse(asked.id()),
                            say,
                            TestSystem.APPROVER));
      }
      assertThat(system.await(task, view -> view.endedAt() != null).state()).isEqualTo("completed");
    }
    return told(shop).getFirst();
  }

  Shop shop(IntFunction<Message.Assistant> script) {
    return new Shop(script, said -> said).with(outside.tools());
  }

  static TaskView run(TestSystem system, String agent) {
    TaskId task = system.submit(agent);
    try (TestSystem.Node _ = system.start(journal -> journal)) {
      return system.await(task, view -> view.endedAt() != null);
    }
  }

  /** All that the API shows of a task. */
  static void seenByPeople(TestSystem system, TaskView task) {
    Canary canary = new Canary(VALUE);
    canary.isNotIn("the task", Json.write(task));
    canary.isNotIn(
        "the steps",
        Json.write(system.stateStore().steps(TestStore.ACME, TaskId.parse(task.id()))));
  }

  /** What the tools answered, as the model was told in its last call. */
  static List<String> told(Shop shop) {
    List<String> told = new ArrayList<>();
    for (Message message : shop.asked().getLast().messages()) {
      if (message instanceof Message.ToolAnswer answer) {
        told.add(answer.text());
      }
    }
    return told;
  }

  List<String> audited(String type) {
    return store
        .audit()
        .list(
            store.database(),
            TestStore.ACME,
            new Audit.Filter(type, null, null, Long.MAX_VALUE),
            100)
        .stream()
        .map(Audit.Stored::body)
        .toList();
  }

  void rotate(Duration grace) {
    store
        .database()
        .inTenant(
            TestStore.ACME,
            tx -> secrets.rotate(tx, TestStore.ACME, NAME, NEXT, grace, "key:admin"));
  }

  void create(String value) {
    create(NAME, ALLOWED.allowance(), value);
  }

  void create(String name, SecretAllowance allowance) {
    create(name, allowance, NEXT);
  }

  void create(String name, SecretAllowance allowance, String value) {
    store
        .database()
        .inTenant(
            TestStore.ACME,
            tx ->
                secrets.create(
                    tx,
                    TestStore.ACME,
                    name,
                    value,
                    new Secrets.About("of the CRM", allowance, false),
                    "key:admin"));
  }

  static Message.Assistant post(String token, String say) {
    return Shop.calls(new ToolCall("c1", "crm.post", sorted(token, say)));
  }

  static Message.Assistant wipe(String say) {
    return Shop.calls(new ToolCall("c1", "crm.wipe", sorted("secret:crm-token", say)));
  }

  static Map<String, @Nullable Object> sorted(String token, String say) {
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    arguments.put("say", say);
    arguments.put("token", token);
    return arguments;
  }
}
