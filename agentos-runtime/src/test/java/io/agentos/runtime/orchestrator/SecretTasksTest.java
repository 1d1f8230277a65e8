package io.agentos.runtime.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.Message;
import io.agentos.api.TaskId;
import io.agentos.api.ToolCall;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.durable.CrashingJournal;
import io.agentos.runtime.durable.CrashingJournal.Side;
import io.agentos.runtime.json.Json;
import io.agentos.runtime.secrets.SecretAllowance;
import io.agentos.runtime.state.TaskView;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tasks whose tools get secrets, and everything that wants to know what they are. */
final class SecretTasksTest {
  private static final int WRITES_MAX = 100;

  private final SecretDesk desk = new SecretDesk();

  @BeforeEach
  void keep() {
    desk.create(SecretDesk.VALUE);
  }

  @AfterEach
  void findNoCanary() throws SQLException {
    try (desk.printed;
        desk.store) {
      assertThat(desk.store.audit().verify(desk.store.database(), TestStore.ACME).problem())
          .isEmpty();
      for (Canary canary : List.of(new Canary(SecretDesk.VALUE), new Canary(SecretDesk.NEXT))) {
        assertThat(canary.isInNoRowOf(desk.store)).isGreaterThan(5);
        canary.isNotIn("the log", desk.printed.text());
      }
    }
  }

  @Test
  void model_thatAsksAToolForItsSecret_getsTheName() {
    Shop shop =
        desk.shop(answers ->
            switch (answers) {
              case 0 -> SecretDesk.post("secret:crm-token", "token");
              case 1 -> SecretDesk.post("secret:crm-token", "base64");
              case 2 -> SecretDesk.post("secret:crm-token@1", "hex");
              case 3 -> SecretDesk.post("secret:crm-token", "failure");
              default -> new Message.Assistant("All is done.", List.of());
            });
    TestSystem system = new TestSystem(desk.store, shop);
    TaskView task = SecretDesk.run(system, "shop.caller");

    assertThat(task.state()).isEqualTo("completed");
    assertThat(desk.outside.received())
        .containsExactly(SecretDesk.VALUE, SecretDesk.VALUE, SecretDesk.VALUE, SecretDesk.VALUE);
    List<String> told = SecretDesk.told(shop);
    assertThat(told.get(0)).isEqualTo("The token is [secret:crm-token].");
    assertThat(told.get(1)).contains("[secret:crm-token]").doesNotContain("YzRuNHJ5");
    assertThat(told.get(2)).isEqualTo("[secret:crm-token]");
    assertThat(told.get(3)).isEqualTo("crm.post failed: Refused [secret:crm-token].");
    SecretDesk.seenByPeople(system, task);
    assertThat(desk.audited("tool.called"))
        .hasSize(3)
        .allSatisfy(body -> assertThat(body).contains("\"secrets\":\"secret:crm-token@1\""));
  }

  @Test
  void tool_thatBreaksWithItsSecretInHand_tellsNobody() {
    Shop shop =
        desk.shop(answers ->
            switch (answers) {
              case 0 -> SecretDesk.post("secret:crm-token", "defect");
              default -> new Message.Assistant("All is done.", List.of());
            });
    TestSystem system = new TestSystem(desk.store, shop);
    TaskView task = SecretDesk.run(system, "shop.caller");

    assertThat(desk.outside.received()).containsExactly(SecretDesk.VALUE);
    assertThat(SecretDesk.told(shop).getFirst())
        .isEqualTo(
            "crm.post failed: Step 'turn-1/call-1/tool' broke with IllegalStateException, a defect of what it called.");
    SecretDesk.seenByPeople(system, task);
  }

  @Test
  void workflowStep_namesASecret_andItsResultDoesNotHoldIt() {
    TestSystem system =
        new TestSystem(desk.store, desk.shop(_ -> new Message.Assistant("", List.of())));
    TaskView task = SecretDesk.run(system, "shop.syncer");

    assertThat(task.state()).isEqualTo("completed");
    assertThat(desk.outside.received()).containsExactly(SecretDesk.VALUE);
    assertThat(Json.write(task)).contains("The token is [secret:crm-token].");
    SecretDesk.seenByPeople(system, task);
  }

  @Test
  void secret_thatIsNotAllowed_isRefusedLikeOneThatIsNotThere() {
    desk.store
        .database()
        .inTenant(
            TestStore.OTHER,
            tx ->
                desk.secrets.create(
                    tx,
                    TestStore.OTHER,
                    "theirs",
                    SecretDesk.NEXT,
                    SecretDesk.ALLOWED,
                    "key:admin"));
    desk.create("other-agents", new SecretAllowance(List.of("crm.post/token"), List.of("sales.*")));
    Shop shop =
        desk.shop(answers ->
            switch (answers) {
              case 0 -> SecretDesk.post("secret:other-agents", "token");
              case 1 -> SecretDesk.post("secret:theirs", "token");
              case 2 -> SecretDesk.post("secret:crm-token@7", "token");
              case 3 ->
                  Shop.calls(
                      new ToolCall(
                          "c1", "crm.post", SecretDesk.sorted("free-word", "secret:crm-token")));
              default -> new Message.Assistant("All is done.", List.of());
            });
    TestSystem system = new TestSystem(desk.store, shop);

    assertThat(SecretDesk.run(system, "shop.caller").state()).isEqualTo("completed");
    assertThat(desk.outside.received()).isEmpty();
    assertThat(SecretDesk.told(shop).get(0))
        .isEqualTo(
            "Not allowed (by secret:other-agents): There is no 'secret:other-agents' that agent shop.caller may hand to"
                + " argument 'token' of crm.post; whoever keeps the secrets allows it with 'agentos secret allow'."
                + " Do not try this call again.");
    assertThat(SecretDesk.told(shop).get(1))
        .isEqualTo(SecretDesk.told(shop).get(0).replace("secret:other-agents", "secret:theirs"));
    assertThat(SecretDesk.told(shop).get(2)).contains("There is no 'secret:crm-token@7'");
    assertThat(SecretDesk.told(shop).get(3)).contains("argument 'say' of crm.post");
    assertThat(desk.audited("policy.denied")).hasSize(4);
  }

  @Test
  void otherTenantsSecretOfTheSameName_isAnother() {
    desk.store
        .database()
        .inTenant(
            TestStore.OTHER,
            tx ->
                desk.secrets.create(
                    tx,
                    TestStore.OTHER,
                    SecretDesk.NAME,
                    SecretDesk.NEXT,
                    SecretDesk.ALLOWED,
                    "key:admin"));
    Shop shop =
        desk.shop(answers ->
            switch (answers) {
              case 0 -> SecretDesk.post("secret:crm-token", "token");
              default -> new Message.Assistant("All is done.", List.of());
            });
    SecretDesk.run(new TestSystem(desk.store, shop), "shop.caller");

    assertThat(desk.outside.received()).containsExactly(SecretDesk.VALUE);
  }

  @Test
  void rotationWhilePeopleThink_theirYesIsForTheVersionTheySaw() throws InterruptedException {
    assertThat(desk.wiped(task -> desk.rotate(Duration.ofHours(1)))).isEqualTo("done");
    assertThat(desk.outside.received()).containsExactly(SecretDesk.VALUE);
    desk.outside.received();
    Shop later =
        desk.shop(answers ->
            switch (answers) {
              case 0 -> SecretDesk.post("secret:crm-token", "token");
              default -> new Message.Assistant("All is done.", List.of());
            });
    SecretDesk.run(new TestSystem(desk.store, later), "shop.caller");
    assertThat(desk.outside.received()).containsExactly(SecretDesk.VALUE, SecretDesk.NEXT);
  }

  @Test
  void rotationWithoutGrace_makesTheYesWorthless() throws InterruptedException {
    assertThat(desk.wiped(task -> desk.rotate(Duration.ZERO)))
        .startsWith("crm.wipe failed: There is no 'secret:crm-token@1' that agent shop.caller");
    assertThat(desk.outside.received()).isEmpty();
  }

  @Test
  void deletionWhilePeopleThink_callsNothing() throws InterruptedException {
    assertThat(
            desk.wiped(task ->
                desk.store
                    .database()
                    .inTenantDo(
                        TestStore.ACME,
                        tx ->
                            desk.secrets.delete(tx, TestStore.ACME, SecretDesk.NAME, "key:admin"))))
        .startsWith("crm.wipe failed: There is no 'secret:crm-token@1' that agent shop.caller");
    assertThat(desk.outside.received()).isEmpty();
    desk.create(SecretDesk.NEXT);
    assertThat(
            desk.store
                .database()
                .inTenant(
                    TestStore.ACME, tx -> desk.secrets.find(tx, TestStore.ACME, SecretDesk.NAME))
                .version())
        .isEqualTo(2);
  }

  @Test
  void edit_withoutAVersion_isRefused() throws InterruptedException {
    assertThat(desk.wiped(task -> {}, "secret:crm-token"))
        .startsWith("Not allowed (by secrets): The edit names a secret without its version");
    assertThat(desk.outside.received()).isEmpty();
  }

  @Test
  void edit_withAVersion_isCalledWithIt() throws InterruptedException {
    assertThat(desk.wiped(task -> {}, "secret:crm-token@1")).isEqualTo("done");
    assertThat(desk.outside.received()).containsExactly(SecretDesk.VALUE);
  }

  @Test
  void value_thatDoesNotFitTheSchema_isNotSent() {
    String tooLong = "z".repeat(80);
    desk.create("long", SecretDesk.ALLOWED.allowance(), tooLong);
    Shop shop =
        desk.shop(answers ->
            switch (answers) {
              case 0 -> SecretDesk.post("secret:long", "token");
              default -> new Message.Assistant("All is done.", List.of());
            });
    SecretDesk.run(new TestSystem(desk.store, shop), "shop.caller");
    assertThat(desk.outside.received()).isEmpty();
    assertThat(SecretDesk.told(shop).getFirst())
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
    assertThat(desk.outside.received()).isNotEmpty().allMatch(SecretDesk.VALUE::equals);
  }

  private @Nullable TaskView crashing(int at, Side side) throws InterruptedException {
    Shop shop =
        desk.shop(answers ->
            switch (answers) {
              case 0 -> SecretDesk.post("secret:crm-token", "token");
              case 1 -> SecretDesk.wipe("base64");
              default -> new Message.Assistant("All is done.", List.of());
            });
    TestSystem system = new TestSystem(desk.store, shop);
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
        SecretDesk.seenByPeople(system, ended);
        shop.asked()
            .forEach(asked -> new Canary(SecretDesk.VALUE).isNotIn("the model", asked.toString()));
        return ended;
      }
    }
  }
}
