package io.agentos.runtime.approvals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentOsException;
import io.agentos.api.ApprovalId;
import io.agentos.api.Decision;
import io.agentos.api.ErrorCode;
import io.agentos.api.GrantId;
import io.agentos.api.Quorum;
import io.agentos.api.Request;
import io.agentos.api.Zone;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.audit.Audit;
import io.agentos.runtime.state.StateStore;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class GrantsTest {
  private static final UUID LAST = new UUID(-1L, -1L);
  private static final List<GrantBound> SMALL =
      List.of(
          new GrantBound("/amount", null, new BigDecimal("50")),
          new GrantBound("/to/country", List.of("DE", "AT"), null));

  private TestStore store = new TestStore();
  private Grants grants = new Grants(store.database(), store.audit());
  private Approvals approvals = approvals();

  @BeforeEach
  void open() {
    grants = new Grants(store.database(), store.audit());
    approvals = approvals();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Approvals approvals() {
    return new Approvals(
        store.database(),
        new StateStore(store.database(), store.keys()),
        store.audit(),
        InstantSource.system());
  }

  private static Grant.Terms terms(List<GrantBound> bounds, boolean red, int count) {
    Instant soon = Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MICROS);
    return new Grant.Terms("shop.*", "shop.clerk", bounds, red, count, soon, "A quiet week.");
  }

  private Grant grant(Grant.Terms terms, Voter by) {
    return store
        .database()
        .inTenant(TestStore.ACME, tx -> grants.create(tx, TestStore.ACME, terms, by));
  }

  private static Map<String, @Nullable Object> refund(Object amount, String country) {
    return Map.of("amount", amount, "to", Map.of("country", country));
  }

  /** By whom a question was answered at once; empty when people must. */
  private String answered(Zone zone, Quorum quorum, Map<String, @Nullable Object> arguments) {
    Request request = Panel.task(store);
    DirectDurable durable = new DirectDurable(store, request.task());
    try {
      Approvals.Answer answer =
          approvals.ask(durable, Panel.question(request, zone, quorum, arguments));
      durable.commit(approvals.consume(answer, arguments), List.of());
      return answer.decision() instanceof Decision.Approved(String by) ? by : "?";
    } catch (DirectDurable.Waiting e) {
      return "";
    }
  }

  @Test
  void coveredQuestion_isAnsweredAtOnce_asOftenAsGranted() {
    Grant grant = grant(terms(SMALL, false, 2), Panel.ANN);
    String by = "grant:" + grant.id();

    assertThat(answered(Zone.YELLOW, Quorum.ONE, refund(50, "DE"))).isEqualTo(by);
    assertThat(answered(Zone.YELLOW, Quorum.ONE, refund(0.5, "AT"))).isEqualTo(by);
    assertThat(answered(Zone.YELLOW, Quorum.ONE, refund(1, "DE"))).isEmpty();

    assertThat(grants.list(TestStore.ACME, LAST, 10).getFirst().used()).isEqualTo(2);
    ApprovalView view = approvals.list(TestStore.ACME, "consumed", null, LAST, 10).getFirst();
    assertThat(view.grant()).isEqualTo(grant.id());
    assertThat(view.decidedBy()).isEqualTo(by);
    Audit.Filter decided = new Audit.Filter("approval.decided", by, null, Long.MAX_VALUE);
    assertThat(store.audit().list(store.database(), TestStore.ACME, decided, 10)).hasSize(2);
  }

  @Test
  void whatIsOutsideOfItsBounds_isAskedOfPeople() {
    grant(terms(SMALL, false, 100), Panel.ANN);

    assertThat(answered(Zone.YELLOW, Quorum.ONE, refund(51, "DE"))).isEmpty();
    assertThat(answered(Zone.YELLOW, Quorum.ONE, refund(-1, "DE"))).isEmpty();
    assertThat(answered(Zone.YELLOW, Quorum.ONE, refund("50", "DE"))).isEmpty();
    assertThat(answered(Zone.YELLOW, Quorum.ONE, refund(50, "DE "))).isEmpty();
    assertThat(answered(Zone.YELLOW, Quorum.ONE, Map.of("amount", 5))).isEmpty();
    assertThat(answered(Zone.YELLOW, Quorum.of(2), refund(5, "DE"))).isEmpty();
    assertThat(answered(Zone.YELLOW, new Quorum(1, List.of("admin")), refund(5, "DE"))).isEmpty();
    assertThat(answered(Zone.RED, Quorum.ONE, refund(5, "DE"))).isEmpty();
    assertThat(grants.list(TestStore.ACME, LAST, 10).getFirst().used()).isZero();
  }

  @Test
  void red_isGrantedByAnAdminAlone() {
    assertThatThrownBy(() -> grant(terms(SMALL, true, 1), Panel.CAT))
        .hasMessage("Only an admin grants what acts in zone red; role 'operator' may not.");
    Grant grant = grant(terms(SMALL, true, 1), Panel.DAN);

    assertThat(answered(Zone.RED, Quorum.ONE, refund(5, "DE"))).isEqualTo("grant:" + grant.id());
  }

  @Test
  void ownTasks_areNotCovered() {
    grant(terms(SMALL, false, 10), Panel.ASKER);
    grant(terms(SMALL, false, 10), Panel.BOSS);

    assertThat(answered(Zone.YELLOW, Quorum.ONE, refund(5, "DE"))).isEmpty();
  }

  @Test
  void agentsAndOtherRoles_mayNotGrant() {
    for (Voter by : List.of(Panel.BOT, Panel.EVE)) {
      assertThatThrownBy(() -> grant(terms(SMALL, false, 1), by))
          .isInstanceOfSatisfying(
              AgentOsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FORBIDDEN))
          .hasMessage(
              by.id() + " may not grant: only people with a role that includes 'decide' may.");
    }
  }

  @Test
  void revokedGrant_answersNothing_norLetsRunWhatItAnswered() {
    Grant grant = grant(terms(SMALL, false, 10), Panel.ANN);
    Request request = Panel.task(store);
    DirectDurable durable = new DirectDurable(store, request.task());
    Map<String, @Nullable Object> arguments = refund(5, "DE");
    Approvals.Answer answer =
        approvals.ask(durable, Panel.question(request, Zone.YELLOW, Quorum.ONE, arguments));

    store
        .database()
        .inTenantDo(
            TestStore.ACME,
            tx -> grants.revoke(tx, TestStore.ACME, GrantId.parse(grant.id()), Panel.BEN));

    assertThatThrownBy(() -> durable.commit(approvals.consume(answer, arguments), List.of()))
        .isInstanceOf(AgentOsException.class);
    assertThat(approvals.refused(durable, answer, arguments)).contains("its grant was revoked");
    assertThat(approvals.one(TestStore.ACME, ApprovalId.parse(answer.ticket().id())).state())
        .isEqualTo("superseded");
    assertThat(answered(Zone.YELLOW, Quorum.ONE, arguments)).isEmpty();
  }

  @Test
  void lastUse_goesToOneOfManyWhoRaceForIt() throws InterruptedException {
    Grant grant = grant(terms(SMALL, false, 3), Panel.ANN);
    CountDownLatch go = new CountDownLatch(1);
    ConcurrentLinkedQueue<String> answers = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                await(go);
                answers.add(askedUntilStored());
              }));
    }
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(answers.stream().filter(("grant:" + grant.id())::equals)).hasSize(3);
    assertThat(answers.stream().filter(String::isEmpty)).hasSize(5);
    assertThat(grants.list(TestStore.ACME, LAST, 10).getFirst().used()).isEqualTo(3);
  }

  /** A task that lost a race is given back and asks anew. */
  private String askedUntilStored() {
    for (int i = 0; i < 20; i++) {
      try {
        return answered(Zone.YELLOW, Quorum.ONE, refund(5, "DE"));
      } catch (AgentOsException e) {
        if (e.code() != ErrorCode.STORE_UNAVAILABLE) {
          throw e;
        }
      }
    }
    return "never";
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
