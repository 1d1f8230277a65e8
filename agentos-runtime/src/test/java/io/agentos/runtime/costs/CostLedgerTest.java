package io.agentos.runtime.costs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentos.api.AgentId;
import io.agentos.api.AgentOsException;
import io.agentos.api.ErrorCode;
import io.agentos.api.Request;
import io.agentos.api.StepKey;
import io.agentos.api.TaskId;
import io.agentos.api.TenantId;
import io.agentos.api.Tokens;
import io.agentos.runtime.TestStore;
import io.agentos.runtime.costs.CostReport.Group;
import io.agentos.runtime.costs.CostReport.Line;
import io.agentos.runtime.costs.CostReport.Query;
import io.agentos.runtime.costs.ModelCallRecord.Outcome;
import io.agentos.runtime.state.StateStore;
import io.agentos.runtime.store.Write;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CostLedgerTest {
  private static final TenantId ACME = TestStore.ACME;
  private static final TenantId OTHER = TestStore.OTHER;
  private static final Instant MONDAY = Instant.parse("2026-11-23T23:59:59Z");
  private static final Instant TUESDAY = Instant.parse("2026-11-24T00:00:00Z");
  private static final Tokens TOKENS = new Tokens(100, 40, 30, 20, 50, 10);

  private TestStore store;
  private CostReport report;
  private TaskId task;

  @BeforeEach
  void open() {
    store = new TestStore();
    report = new CostReport(store.database());
    task = task(ACME);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void report_withoutCalls_isEmpty() {
    assertThat(report.lines(ACME, new Query(Set.of(), null, null))).isEmpty();
  }

  @Test
  void report_addsUpEveryClass() {
    book(call(1, "shop.stock", "openai", "owl", MONDAY, 1_500_000));
    book(call(2, "shop.stock", "openai", "owl", TUESDAY, 700_000));

    assertThat(report.lines(ACME, new Query(Set.of(), null, null)))
        .containsExactly(
            new Line(
                null,
                null,
                null,
                null,
                null,
                null,
                2,
                0,
                0,
                0,
                200,
                80,
                60,
                40,
                100,
                20,
                BigInteger.valueOf(2_200_000)));
  }

  @Test
  void report_roundsTheSumOnce() {
    for (int i = 1; i <= 10; i++) {
      book(call(i, "shop.stock", "openai", "owl", MONDAY, 100_000));
    }

    Line line = report.lines(ACME, new Query(Set.of(), null, null)).getFirst();

    // Ten calls of a tenth of a micro each are one micro, though each alone is rounded up to one.
    assertThat(line.costUsdMicros()).isEqualTo(1);
  }

  @Test
  void report_byEachGroup_dearestFirst() {
    book(call(1, "shop.stock", "openai", "owl", MONDAY, 1_000_000));
    book(call(2, "shop.sales", "openai", "wren", TUESDAY, 5_000_000));
    book(call(3, "lab.assay", "anthropic", "owl", TUESDAY, 2_000_000));

    assertThat(labels(Group.TENANT)).containsExactly("acme 8");
    assertThat(labels(Group.PACK)).containsExactly("shop 6", "lab 2");
    assertThat(labels(Group.AGENT)).containsExactly("shop.sales 5", "lab.assay 2", "shop.stock 1");
    assertThat(labels(Group.PROVIDER)).containsExactly("openai 6", "anthropic 2");
    assertThat(labels(Group.MODEL))
        .containsExactly("openai/wren 5", "anthropic/owl 2", "openai/owl 1");
    assertThat(labels(Group.DAY)).containsExactly("2026-11-23 1", "2026-11-24 7");
    assertThat(labels(Group.PACK, Group.DAY))
        .containsExactly("shop 2026-11-23 1", "shop 2026-11-24 5", "lab 2026-11-24 2");
  }

  @Test
  void report_ofATime_endsBeforeUntil() {
    book(call(1, "shop.stock", "openai", "owl", MONDAY, 1_000_000));
    book(call(2, "shop.stock", "openai", "owl", TUESDAY, 5_000_000));

    assertThat(calls(MONDAY, TUESDAY)).isEqualTo(1);
    assertThat(calls(TUESDAY, null)).isEqualTo(1);
    assertThat(calls(null, TUESDAY.plusSeconds(1))).isEqualTo(2);
  }

  @Test
  void report_tellsOutcomesApart() {
    book(call(1, "shop.stock", "openai", "owl", MONDAY, 1_000_000));
    book(ended(2, Outcome.CACHED, null, false));
    book(ended(3, Outcome.FAILED, ErrorCode.PROVIDER_UNAVAILABLE, false));
    book(ended(4, Outcome.UNSETTLED, ErrorCode.PROVIDER_UNAVAILABLE, true));

    Line line = report.lines(ACME, new Query(Set.of(), null, null)).getFirst();

    assertThat(line.calls()).isEqualTo(4);
    assertThat(line.cachedCalls()).isEqualTo(1);
    assertThat(line.failedCalls()).isEqualTo(2);
    assertThat(line.estimatedCalls()).isEqualTo(1);
  }

  @Test
  void book_sameAttemptAgain_theFirstStands() {
    book(call(1, "shop.stock", "openai", "owl", MONDAY, 1_000_000));
    book(call(1, "shop.stock", "openai", "owl", MONDAY, 9_000_000));

    Line line = report.lines(ACME, new Query(Set.of(), null, null)).getFirst();

    assertThat(line.calls()).isEqualTo(1);
    assertThat(line.costUsdMicros()).isEqualTo(1);
  }

  @Test
  void otherTenantsCalls_areNotSeen() {
    book(call(1, "shop.stock", "openai", "owl", MONDAY, 1_000_000));

    assertThat(report.lines(OTHER, new Query(Set.of(Group.TENANT), null, null))).isEmpty();
    assertThat(count(OTHER)).isZero();
    assertThat(count(ACME)).isEqualTo(1);
  }

  @Test
  void application_neitherWritesNorChangesCalls() {
    book(call(1, "shop.stock", "openai", "owl", MONDAY, 1_000_000));
    Write write = CostLedger.write(call(2, "shop.stock", "openai", "owl", MONDAY, 1));

    assertThatThrownBy(() ->
            store
                .database()
                .inTenantDo(ACME, tx -> tx.update(write.sql(), write.parameters().toArray())))
        .isInstanceOf(AgentOsException.class)
        .hasMessage("Postgres refused a statement (SQLSTATE 42501).");
    assertThatThrownBy(() ->
            store.database().inEngine(tx -> tx.update("update model_call set cost_usd_picos = 0")))
        .hasMessage("Postgres refused a statement (SQLSTATE 42501).");
    assertThatThrownBy(() -> store.database().inEngine(tx -> tx.update("delete from model_call")))
        .hasMessage("Postgres refused a statement (SQLSTATE 42501).");
  }

  @Test
  void keptAnswersAndWindows_areOutOfReachOfTheApplication() {
    for (String table : List.of("model_cache", "provider_window")) {
      assertThatThrownBy(() ->
              store
                  .database()
                  .inTenant(ACME, tx -> tx.query("select 1 from %s".formatted(table), row -> true)))
          .hasMessage("Postgres refused a statement (SQLSTATE 42501).");
    }
  }

  @Test
  void record_contradictions_areRefused() {
    assertThatThrownBy(() -> ended(1, Outcome.ANSWERED, ErrorCode.INTERNAL, false))
        .hasMessage("a call has either an answer or an error");
    assertThatThrownBy(() -> ended(1, Outcome.FAILED, null, false))
        .hasMessage("a call has either an answer or an error");
    assertThatThrownBy(() -> call(1, "shop.stock", "openai", "owl", MONDAY, -1))
        .hasMessage("attempts count from 1, and no call costs less than 0");
  }

  private List<String> labels(Group... groups) {
    return report.lines(ACME, new Query(Set.of(groups), null, null)).stream()
        .map(CostLedgerTest::label)
        .toList();
  }

  private static String label(Line line) {
    StringBuilder label = new StringBuilder();
    for (@Nullable String part :
        new @Nullable String[] {
          line.tenant(), line.pack(), line.agent(), line.provider(), line.model(), line.day()
        }) {
      if (part != null) {
        label.append(part).append(' ');
      }
    }
    return label.append(line.costUsdMicros()).toString();
  }

  private long calls(@Nullable Instant since, @Nullable Instant until) {
    return report.lines(ACME, new Query(Set.of(), since, until)).getFirst().calls();
  }

  private int count(TenantId tenant) {
    return store
        .database()
        .inTenant(
            tenant,
            tx ->
                tx.queryOne("select count(*) as n from model_call", row -> row.number("n"))
                    .orElse(-1));
  }

  private void book(ModelCallRecord call) {
    Write write = CostLedger.write(call);
    store.database().inEngine(tx -> tx.update(write.sql(), write.parameters().toArray()));
  }

  private ModelCallRecord call(
      int position, String agent, String provider, String model, Instant at, long picos) {
    return new ModelCallRecord(
        new StepKey(ACME, task, position, "turn-1/model"),
        1,
        at,
        AgentId.parse(agent),
        provider,
        model,
        model + "-2026-01-01",
        Outcome.ANSWERED,
        null,
        TOKENS,
        false,
        picos,
        provider + "/" + model,
        "req_1",
        Duration.ofMillis(120),
        Duration.ofMillis(900));
  }

  private ModelCallRecord ended(
      int position, Outcome outcome, @Nullable ErrorCode error, boolean estimated) {
    return new ModelCallRecord(
        new StepKey(ACME, task, position, "turn-1/model"),
        1,
        MONDAY,
        AgentId.parse("shop.stock"),
        "openai",
        "owl",
        null,
        outcome,
        error,
        Tokens.NONE,
        estimated,
        0,
        "",
        null,
        null,
        Duration.ZERO);
  }

  private TaskId task(TenantId tenant) {
    Request request = io.agentos.runtime.state.Line.request(tenant, "key:test");
    store
        .database()
        .inTenantDo(
            tenant,
            tx -> new StateStore(store.database(), store.keys()).create(tx, request, "test@1"));
    return request.task();
  }
}
