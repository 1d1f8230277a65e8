package io.agentos.runtime.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.AgentId;
import io.agentos.api.ErrorCode;
import io.agentos.api.GateResult;
import io.agentos.api.KeyId;
import io.agentos.api.Quorum;
import io.agentos.api.TaskId;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.approvals.ApprovalView;
import io.agentos.runtime.approvals.Approvals.Say;
import io.agentos.runtime.approvals.Voter;
import io.agentos.runtime.identity.Principal;
import io.agentos.runtime.identity.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Each way to decide that is not open, and what an edit may not bring. No refund runs by it, and
 * each leaves one entry {@code approval.refused}.
 */
final class DecisionAttackTest {
  private final RefundAttack attack = new RefundAttack();

  @AfterEach
  void close() {
    attack.close();
  }

  @Test
  void twoDecisionsAtOnce() throws InterruptedException {
    ApprovalView asked = attack.asked();
    CountDownLatch go = new CountDownLatch(1);
    ConcurrentLinkedQueue<String> outcomes = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (Voter voter : List.of(RefundAttack.ANN, RefundAttack.BEN)) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                RefundAttack.await(go);
                outcomes.add(attack.outcome(asked, voter));
              }));
    }
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(outcomes).containsExactlyInAnyOrder("approved", "CONFLICT");
    assertThat(attack.refusals(asked)).hasSize(1);
    assertThat(attack.refusals(asked).getFirst()).containsEntry("code", "CONFLICT");
  }

  @Test
  void onePersonTwice() {
    attack.gates =
        List.of(RefundAttack.gate(new GateResult.Escalate("Two must look.", Quorum.of(2))));
    attack.system = attack.newSystem();
    ApprovalView asked = attack.asked();
    assertThat(attack.decide(asked, RefundAttack.yes(asked.digest()), RefundAttack.ANN).state())
        .isEqualTo("pending");

    attack.mustNotDecide(
        asked,
        RefundAttack.yes(asked.digest()),
        RefundAttack.ANN,
        ErrorCode.CONFLICT,
        "key:ann has said yes to approval %s already; 2 different people must.");

    assertThat(attack.refunds()).isEmpty();
    assertThat(attack.decide(asked, RefundAttack.yes(asked.digest()), RefundAttack.BEN).state())
        .isEqualTo("approved");
    assertThat(attack.ended(asked).state()).isEqualTo("completed");
    assertThat(attack.refunds()).hasSize(1);
  }

  @Test
  void theRequester() {
    ApprovalView asked = attack.asked();
    attack.mustNotDecide(
        asked,
        RefundAttack.yes(asked.digest()),
        Voter.person(TestSystem.REQUESTER, Role.ADMIN),
        ErrorCode.FORBIDDEN,
        null);
  }

  @Test
  void whoeverTheRequesterActsFor() {
    TaskId grandparent = attack.system.submit("shop.courier", "key:boss", null);
    TaskId parent = attack.system.submit("shop.courier", "key:middle", grandparent);
    ApprovalView asked =
        attack.asked(attack.system.submit("shop.clerk", TestSystem.REQUESTER, parent));
    assertThat(asked.excluded()).containsExactly("key:boss", "key:middle", TestSystem.REQUESTER);

    attack.mustNotDecide(
        asked,
        RefundAttack.yes(asked.digest()),
        Voter.person("key:boss", Role.ADMIN),
        ErrorCode.FORBIDDEN,
        null);
  }

  @Test
  void anAgentsOwnKey() {
    ApprovalView asked = attack.asked();
    Principal agent =
        new Principal(
            TestStore.ACME, KeyId.next(), "clerk", Role.ADMIN, new AgentId("shop", "clerk"));

    attack.mustNotDecide(
        asked, RefundAttack.yes(asked.digest()), Voter.of(agent), ErrorCode.FORBIDDEN, null);
  }

  @Test
  void aRoleThatMayNotDecide() {
    ApprovalView asked = attack.asked();
    attack.mustNotDecide(
        asked,
        RefundAttack.yes(asked.digest()),
        Voter.person("key:dev", Role.DEVELOPER),
        ErrorCode.FORBIDDEN,
        null);
  }

  @Test
  void anEditThatIsForbidden() {
    attack.gates = List.of(RefundAttack.gate(new GateResult.Pass()));
    attack.system = attack.newSystem();
    ApprovalView asked = attack.edited(Map.of("amount", 4_000));

    attack.mustBeRefused(asked, ErrorCode.GATE_BLOCKED, "The edit is refused by gate:amount.");
  }

  @Test
  void anEditThatAPolicyForbids() {
    TestSystem.World strict =
        TestSystem.usual(attack.shop, Path.of("src", "test", "resources", "edits"));
    attack.system =
        new TestSystem(attack.store, strict, null, List.of(), () -> attack.policyInForce);
    ApprovalView asked = attack.edited(Map.of("amount", 101));

    attack.mustBeRefused(
        asked, ErrorCode.POLICY_DENIED, "The edit is refused by test/no-large-refunds.");
  }

  @Test
  void anEditThatAPolicyAllows_runs() {
    TestSystem.World strict =
        TestSystem.usual(attack.shop, Path.of("src", "test", "resources", "edits"));
    attack.system =
        new TestSystem(attack.store, strict, null, List.of(), () -> attack.policyInForce);
    ApprovalView asked = attack.edited(Map.of("amount", 100));

    assertThat(attack.ended(asked).state()).isEqualTo("completed");
    assertThat(attack.refunds()).hasSize(1);
  }

  @Test
  void theOldDigestAfterAnEdit() {
    attack.gates =
        List.of(RefundAttack.gate(new GateResult.Escalate("Two must look.", Quorum.of(2))));
    attack.system = attack.newSystem();
    ApprovalView asked = attack.asked();
    attack.decide(
        asked, new Say(Say.Choice.EDIT, Map.of("amount", 3), "", asked.digest()), RefundAttack.ANN);

    attack.mustNotDecide(
        asked, RefundAttack.yes(asked.digest()), RefundAttack.BEN, ErrorCode.DIGEST_MISMATCH, null);
  }
}
