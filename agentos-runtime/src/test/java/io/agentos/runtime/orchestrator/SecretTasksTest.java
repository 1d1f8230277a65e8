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
import io.agentos.runtime.durable.CrashingJournal;
import io.agentos.runtime.durable.CrashingJournal.Side;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.secrets.SecretAllowance;
import io.agentos.runtime.secrets.Secrets;
import io.agentos.runtime.state.TaskView;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tasks whose tools get secrets, and everything that wants to know what they are. */
final class SecretTasksTest {
  private static final String VALUE = "c4n4ry+Zq7Vt0xM2wLpE9sRk";
  private static final String NEXT = "n3xt-c4n4ry+Yh5Ug8Jn3Bf6D";
  private static final String NAME = "crm-token";
  private static final int WRITES_MAX = 100;
  private static final Secrets.About ALLOWED =
      new Secrets.About(
          "of the CRM",
          new SecretAllowance(
              List.of("crm.post/token", "crm.post/headers", "crm.wipe/token"), List.of("shop.*")),
          false);

  private final TestStore store = new TestStore();
  private final Secrets secrets = new Secrets(store.database(), store.vault(), store.audit());
  private final Outside outside = new Outside();
  private final Canary.Printed printed = new Canary.Printed();

  @BeforeEach
  void keep() {
    create(VALUE);
  }

  @AfterEach
  void findNoCanary() throws SQLException {
    try (printed;
        store) {
      assertThat(store.audit().verify(store.database(), TestStore.ACME).problem()).isEmpty();
      for (Canary canary : List.of(new Canary(VALUE), new Canary(NEXT))) {
        assertThat(canary.isInNoRowOf(store)).isGreaterThan(5);
        canary.isNotIn("the log", printed.text());
      }
    }
  }

  @Test
  void model_thatAsksAToolForItsSecret_getsTheName() {
    Shop shop =
        shop(answers ->
            switch (answers) {
              case 0 -> post("secret:crm-token", "token");
              case 1 -> post("secret:crm-token", "base64");
              case 2 -> post("secret:crm-token@1", "hex");
              case 3 -> post("secret:crm-token", "failure");
              default -> new Message.Assistant("All is done.", List.of());
            });
    TestSystem system = new TestSystem(store, shop);
    TaskView task = run(system, "shop.caller");

    assertThat(task.state()).isEqualTo("completed");
    assertThat(outside.received()).containsExactly(VALUE, VALUE, VALUE, VALUE);
    List<String> told = told(shop);
    assertThat(told.get(0)).isEqualTo("The token is [secret:crm-token].");
    assertThat(told.get(1)).contains("[secret:crm-token]").doesNotContain("YzRuNHJ5");
    assertThat(told.get(2)).isEqualTo("[secret:crm-token]");
    assertThat(told.get(3)).isEqualTo("crm.post failed: Refused [secret:crm-token].");
    seenByPeople(system, task);
    assertThat(audited("tool.called"))
        .hasSize(3)
        .allSatisfy(body -> assertThat(body).contains("\"secrets\":\"secret:crm-token@1\""));
  }

  @Test
  void tool_thatBreaksWithItsSecretInHand_tellsNobody() {
    Shop shop =
        shop(answers ->
            switch (answers) {
              case 0 -> post("secret:crm-token", "defect");
              default -> new Message.Assistant("All is done.", List.of());
            });
    TestSystem system = new TestSystem(store, shop);
    TaskView task = run(system, "shop.caller");

    assertThat(outside.received()).containsExactly(VALUE);
    assertThat(told(shop).getFirst())
        .isEqualTo(
            "crm.post failed: Step 'turn-1/call-1/tool' broke with IllegalStateException, a defect of what it called.");
    seenByPeople(system, task);
  }

  @Test
  void workflowStep_namesASecret_andItsResultDoesNotHoldIt() {
    TestSystem system = new TestSystem(store, shop(_ -> new Message.Assistant("", List.of())));
    TaskView task = run(system, "shop.syncer");

    assertThat(task.state()).isEqualTo("completed");
    assertThat(outside.received()).containsExactly(VALUE);
    assertThat(Json.write(task)).contains("The token is [secret:crm-token].");
    seenByPeople(system, task);
  }

  @Test
  void secret_thatIsNotAllowed_isRefusedLikeOneThatIsNotThere() {
    store
        .database()
        .inTenant(
            TestStore.OTHER,
            tx -> secrets.create(tx, TestStore.OTHER, "theirs", NEXT, ALLOWED, "key:admin"));
    create("other-agents", new SecretAllowance(List.of("crm.post/token"), List.of("sales.*")));
    Shop shop =
        shop(answers ->
            switch (answers) {
              case 0 -> post("secret:other-agents", "token");
              case 1 -> post("secret:theirs", "token");
              case 2 -> post("secret:crm-token@7", "token");
              case 3 ->
                  Shop.calls(
                      new ToolCall("c1", "crm.post", sorted("free-word", "secret:crm-token")));
              default -> new Message.Assistant("All is done.", List.of());
            });
    TestSystem system = new TestSystem(store, shop);

    assertThat(run(system, "shop.caller").state()).isEqualTo("completed");
    assertThat(outside.received()).isEmpty();
    assertThat(told(shop).get(0))
        .isEqualTo(
            "Not allowed (by secret:other-agents): There is no 'secret:other-agents' that agent shop.caller may hand to"
                + " argument 'token' of crm.post; whoever keeps the secrets allows it with 'agentos secret allow'."
                + " Do not try this call again.");
    assertThat(told(shop).get(1))
        .isEqualTo(told(shop).get(0).replace("secret:other-agents", "secret:theirs"));
    assertThat(told(shop).get(2)).contains("There is no 'secret:crm-token@7'");
    assertThat(told(shop).get(3)).contains("argument 'say' of crm.post");
    assertThat(audited("policy.denied")).hasSize(4);
  }

  @Test
  void otherTenantsSecretOfTheSameName_isAnother() {
    store
        .database()
        .inTenant(
            TestStore.OTHER,
            tx -> secrets.create(tx, TestStore.OTHER, NAME, NEXT, ALLOWED, "key:admin"));
    Shop shop =
        shop(answers ->
            switch (answers) {
              case 0 -> post("secret:crm-token", "token");
              default -> new Message.Assistant("All is done.", List.of());
            });
    run(new TestSystem(store, shop), "shop.caller");

    assertThat(outside.received()).containsExactly(VALUE);
  }

  @Test
  void rotationWhilePeopleThink_theirYesIsForTheVersionTheySaw() throws InterruptedException {
    assertThat(wiped(task -> rotate(Duration.ofHours(1)))).isEqualTo("done");
    assertThat(outside.received()).containsExactly(VALUE);
    outside.received();
    Shop later =
        shop(answers ->
            switch (answers) {
              case 0 -> post("secret:crm-token", "token");
              default -> new Message.Assistant("All is done.", List.of());
            });
    run(new TestSystem(store, later), "shop.caller");
    assertThat(outside.received()).containsExactly(VALUE, NEXT);
  }

  @Test
  void rotationWithoutGrace_makesTheYesWorthless() throws InterruptedException {
    assertThat(wiped(task -> rotate(Duration.ZERO)))
        .startsWith("crm.wipe failed: There is no 'secret:crm-token@1' that agent shop.caller");
    assertThat(outside.received()).isEmpty();
  }

  @Test
  void deletionWhilePeopleThink_callsNothing() throws InterruptedException {
    assertThat(
            wiped(task ->
                store
                    .database()
                    .inTenantDo(
                        TestStore.ACME,
                        tx -> secrets.delete(tx, TestStore.ACME, NAME, "key:admin"))))
        .startsWith("crm.wipe failed: There is no 'secret:crm-token@1' that agent shop.caller");
    assertThat(outside.received()).isEmpty();
    create(NEXT);
    assertThat(
            store
                .database()
                .inTenant(TestStore.ACME, tx -> secrets.find(tx, TestStore.ACME, NAME))
                .version())
        .isEqualTo(2);
  }

  @Test
  void edit_withoutAVersion_isRefused() throws InterruptedException {
    assertThat(wiped(task -> {}, "secret:crm-token"))
        .startsWith("Not allowed (by secrets): The edit names a secret without its version");
    assertThat(outside.received()).isEmpty();
  }

  @Test
  void edit_withAVersion_isCalledWithIt() throws InterruptedException {
    assertThat(wiped(task -> {}, "secret:crm-token@1")).isEqualTo("done");
    assertThat(outside.received()).containsExactly(VALUE);
  }

  @Test
  void value_thatDoesNotFitTheSchema_isNotSent() {
    String tooLong = "z".repeat(80);
    create("long", ALLOWED.allowance(), tooLong);
    Shop shop =
        shop(answers ->
            switch (answers) {
              case 0 -> post("secret:long", "token");
              default -> new Message.Assistant("All is done.", List.of());
            });
    run(new TestSystem(store, shop), "shop.caller");
    assertThat(outside.received()).isEmpty();
    assertThat(told(shop).getFirst())
        .isEqualTo(
            "crm.post failed: With the values of its secrets, the arguments of crm.post do not fit its schema; look at how"
                + " long they are and of what characters.");
  }

  @Test
  void crashAtEveryWrite_endsAlikeAndLeavesNothing() throws InterruptedException {
    for (Side side : Side.values()) {
      TaskView clean = crashing(WRITES_MAX, side);
      int crashes = 0;
      for (int at = 1; at < WRITES_MAX; at++) {
        TaskView task = crashing(at, side);
        if (task == null) {
          break;
        }
        crashes++;
        assertThat(task.output()).as("%s write %d", side, at).isEqualTo(clean.output());
      }
      assertThat(crashes).isGreaterThan(5);
    }
    assertThat(outside.received()).isNotEmpty().allMatch(VALUE::equals);
  }

  private @Nullable TaskView crashing(int at, Side side) throws InterruptedException {
    Shop shop =
        shop(answers ->
            switch (answers) {
              case 0 -> post("secret:crm-token", "token");
              case 1 -> wipe("base64");
              default -> new Message.Assistant("All is done.", List.of());
            });
    TestSystem system = new TestSystem(store, shop);
    List<CrashingJournal> crashing = new ArrayList<>();
    TaskId task = system.submit("shop.caller");
    try (TestSystem.Node _ =
        system.start(journal -> {
          crashing.add(new CrashingJournal(journal, at, side));
          return crashing.getLast();
        })) {
      boolean died = false;
      while (!died && system.task(task).endedAt() == null) {
        system.approve(task);
        died = crashing.getFirst().diedWithin(10);
      }
      if (!died && at < WRITES_MAX) {
        return null;
      }
      try (TestSystem.Node _ = system.start(journal -> journal)) {
        TaskView ended = system.endedWithApprovals(task);
        seenByPeople(system, ended);
        shop.asked().forEach(asked -> new Canary(VALUE).isNotIn("the model", asked.toString()));
        return ended;
      }
    }
  }

  /**
   * Lets a red call wait for people, does something, says yes, and returns what the model heard.
   */
  private String wiped(java.util.function.Consumer<TaskId> meanwhile) throws InterruptedException {
    return wiped(meanwhile, null);
  }

  private String wiped(java.util.function.Consumer<TaskId> meanwhile, @Nullable String edited)
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

  private Shop shop(IntFunction<Message.Assistant> script) {
    return new Shop(script, said -> said).with(outside.tools());
  }

  private static TaskView run(TestSystem system, String agent) {
    TaskId task = system.submit(agent);
    try (TestSystem.Node _ = system.start(journal -> journal)) {
      return system.await(task, view -> view.endedAt() != null);
    }
  }

  /** All that the API shows of a task. */
  private static void seenByPeople(TestSystem system, TaskView task) {
    Canary canary = new Canary(VALUE);
    canary.isNotIn("the task", Json.write(task));
    canary.isNotIn(
        "the steps",
        Json.write(system.stateStore().steps(TestStore.ACME, TaskId.parse(task.id()))));
  }

  /** What the tools answered, as the model was told in its last call. */
  private static List<String> told(Shop shop) {
    List<String> told = new ArrayList<>();
    for (Message message : shop.asked().getLast().messages()) {
      if (message instanceof Message.ToolAnswer answer) {
        told.add(answer.text());
      }
    }
    return told;
  }

  private List<String> audited(String type) {
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

  private void rotate(Duration grace) {
    store
        .database()
        .inTenant(
            TestStore.ACME,
            tx -> secrets.rotate(tx, TestStore.ACME, NAME, NEXT, grace, "key:admin"));
  }

  private void create(String value) {
    create(NAME, ALLOWED.allowance(), value);
  }

  private void create(String name, SecretAllowance allowance) {
    create(name, allowance, NEXT);
  }

  private void create(String name, SecretAllowance allowance, String value) {
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

  private static Message.Assistant post(String token, String say) {
    return Shop.calls(new ToolCall("c1", "crm.post", sorted(token, say)));
  }

  private static Message.Assistant wipe(String say) {
    return Shop.calls(new ToolCall("c1", "crm.wipe", sorted("secret:crm-token", say)));
  }

  private static Map<String, @Nullable Object> sorted(String token, String say) {
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    arguments.put("say", say);
    arguments.put("token", token);
    return arguments;
  }
}
