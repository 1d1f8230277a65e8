package io.agentos.runtime.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.ErrorCode;
import io.agentos.runtime.KeyThief;
import io.agentos.runtime.approvals.ApprovalView;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Each way to get a refund through that nobody said yes to. None may run, and each leaves exactly
 * one entry {@code approval.refused} with its reason.
 */
final class ApprovalAttackTest {
  private static final KeyThief.Target ARGUMENTS =
      new KeyThief.Target(
          "approval", "arguments", "'approval.arguments:' || approval_id", "true", true);

  private final RefundAttack attack = new RefundAttack();

  @AfterEach
  void close() {
    attack.close();
  }

  @Test
  void argumentsOverwritten_byWhoHasNoKey() throws SQLException {
    ApprovalView asked = attack.asked();
    attack.pastEveryRule("update approval set arguments = '{\"amount\":1}'");

    assertThatThrownBy(() -> attack.stored(asked))
        .hasMessageMatching(
            "approval.arguments:.* of task .* does not open with its key: .* past AgentOS, or belongs elsewhere\\.");
  }

  @Test
  void argumentsSwappedAfterTheDecision() throws SQLException {
    ApprovalView asked = attack.approved();
    assertThatThrownBy(() ->
            attack
                .store
                .database()
                .inEngine(tx -> tx.update("update approval set arguments = '{\"amount\":4000}'")))
        .hasMessage("Postgres refused a statement (SQLSTATE 42501).");

    new KeyThief(attack.store, asked.task()).change(ARGUMENTS, "\"amount\":4", "\"amount\":4000");

    attack.mustBeRefused(asked, ErrorCode.DIGEST_MISMATCH, "What would run is not what approval");
  }

  @Test
  void editedArgumentsSwappedAfterTheDecision() throws SQLException {
    ApprovalView asked = attack.edited(Map.of("amount", 3));

    new KeyThief(attack.store, asked.task())
        .change(
            new KeyThief.Target(
                "approval", "edited_arguments", ARGUMENTS.place(), ARGUMENTS.condition(), true),
            "\"amount\":3",
            "\"amount\":3000");

    attack.mustBeRefused(asked, ErrorCode.DIGEST_MISMATCH, "What would run is not what approval");
  }

  @Test
  void decisionSwappedOnItsWayToTheTask() throws SQLException {
    ApprovalView asked = attack.edited(Map.of("amount", 3));

    new KeyThief(attack.store, asked.task())
        .change(
            new KeyThief.Target("signal", "body", "'signal.body:' || name", "true"),
            "\"amount\":3",
            "\"amount\":3000");

    attack.mustBeRefused(asked, ErrorCode.DIGEST_MISMATCH, "What would run is not what approval");
  }

  @Test
  void anotherCallOnReplay() throws SQLException {
    ApprovalView asked = attack.approved();

    new KeyThief(attack.store, asked.task())
        .change(
            new KeyThief.Target(
                "journal", "body", "'journal.body:' || seq", "name like 'turn-3/model%'"),
            "\"amount\":4",
            "\"amount\":4000");

    attack.mustBeRefused(asked, ErrorCode.DIGEST_MISMATCH, "What would run is not what approval");
  }

  @Test
  void whatIsShownSwappedBeforeTheDecision() throws SQLException {
    ApprovalView asked = attack.asked();
    new KeyThief(attack.store, asked.task()).change(ARGUMENTS, "4", "1");

    attack.mustNotDecide(
        asked,
        RefundAttack.yes(asked.digest()),
        RefundAttack.ANN,
        ErrorCode.DIGEST_MISMATCH,
        "The record of approval %s no longer says what was asked; it must not be decided.");
  }

  @Test
  void aByteOfWhitespaceInsideAText() throws SQLException {
    ApprovalView asked = attack.approved();

    new KeyThief(attack.store, asked.task()).change(ARGUMENTS, "to Ann", "to  Ann");

    attack.mustBeRefused(asked, ErrorCode.DIGEST_MISMATCH, "What would run is not what approval");
  }

  @Test
  void replayOfAConsumedApproval() throws SQLException {
    ApprovalView asked = attack.approved();
    attack.pastEveryRule("update approval set state = 'consumed', consumed_at = now()");
    assertThatThrownBy(() ->
            attack.pastEveryRule("update approval set state = 'approved', consumed_at = null"))
        .hasMessageContaining("is consumed and cannot become approved");

    attack.mustBeRefused(asked, ErrorCode.CONFLICT, "was used already");
  }

  @Test
  void decisionAfterExpiry() throws SQLException {
    ApprovalView asked = attack.asked();
    attack.pastEveryRule("update approval set expires_at = now() - interval '1 millisecond'");

    attack.mustNotDecide(
        asked,
        RefundAttack.yes(asked.digest()),
        RefundAttack.ANN,
        ErrorCode.APPROVAL_EXPIRED,
        null);
  }

  @Test
  void useAfterExpiry() throws SQLException {
    ApprovalView asked = attack.approved();
    attack.pastEveryRule("update approval set expires_at = now() - interval '1 millisecond'");

    attack.mustBeRefused(asked, ErrorCode.APPROVAL_EXPIRED, "has expired before it was used");
    assertThat(attack.stored(asked).state()).isEqualTo("expired");
  }

  @Test
  void decisionAfterThePoliciesChanged() {
    ApprovalView asked = attack.asked();
    attack.policyInForce = "policy-2";

    attack.mustNotDecide(
        asked,
        RefundAttack.yes(asked.digest()),
        RefundAttack.ANN,
        ErrorCode.CONFLICT,
        "The policies have changed since approval %s was asked, so that it is superseded; the task must ask again.");

    assertThat(attack.stored(asked).state()).isEqualTo("superseded");
    assertThat(attack.ended(asked).state()).isEqualTo("completed");
    assertThat(attack.refunds()).isEmpty();
    assertThat(attack.refusals(asked)).hasSize(1);
  }

  @Test
  void useAfterThePoliciesChanged() {
    ApprovalView asked = attack.approved();
    attack.policyInForce = "policy-2";

    attack.mustBeRefused(asked, ErrorCode.CONFLICT, "The policies have changed since approval");
  }

  @Test
  void useAfterTheToolChangedWhatItSaysOfItself() {
    ApprovalView asked = attack.approved();
    attack.shop = new Shop("For tests; also sends the money abroad");
    attack.system = attack.newSystem();

    attack.mustBeRefused(asked, ErrorCode.DIGEST_MISMATCH, "is no longer described as it was");
  }
}
