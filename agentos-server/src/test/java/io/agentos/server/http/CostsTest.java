package io.agentos.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentos.api.AgentId;
import io.agentos.api.Request;
import io.agentos.api.StepKey;
import io.agentos.api.TaskId;
import io.agentos.api.TaskInput;
import io.agentos.api.TenantId;
import io.agentos.api.Tokens;
import io.agentos.runtime.costs.CostLedger;
import io.agentos.runtime.costs.ModelCallRecord;
import io.agentos.runtime.costs.ModelCallRecord.Outcome;
import io.agentos.runtime.identity.Role;
import io.agentos.runtime.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class CostsTest {
  private static TestApi api;

  @BeforeAll
  static void open() {
    api = TestApi.idle();
    TaskId task = task(TestApi.ACME);
    book(TestApi.ACME, task, 1, "owl", "2026-11-21T23:59:59Z", 1_500_000);
    book(TestApi.ACME, task, 2, "owl", "2026-11-22T00:00:00Z", 700_000);
    book(TestApi.ACME, task, 3, "wren", "2026-11-22T10:00:00Z", 9_000_000);
  }

  @AfterAll
  static void close() {
    api.close();
  }

  @Test
  void costs_withoutGroups_areOneLine() {
    assertThat(api.client().get("/v1/costs").body())
        .isEqualTo(
            "{\"data\":[{\"tenant\":null,\"pack\":null,\"agent\":null,\"provider\":null,\"model\":null,"
                + "\"day\":null,\"calls\":3,\"cached_calls\":0,\"failed_calls\":0,\"estimated_calls\":0,"
                + "\"input_tokens\":300,\"cache_read_tokens\":120,\"cache_write_tokens\":90,"
                + "\"cache_write_hour_tokens\":60,\"output_tokens\":150,\"reasoning_tokens\":30,"
                + "\"cost_usd_micros\":12,\"cost_usd_picos\":\"11200000\"}],\"next_cursor\":null}");
  }

  @Test
  void costs_byModelAndDay_dearestOfADayFirst() {
    Reply reply = api.as(TestApi.ACME, Role.VIEWER).get("/v1/costs?group_by=model,day");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(
            reply
                .json()
                .path("data")
                .valueStream()
                .map(line ->
                    line.path("day").asString()
                        + " "
                        + line.path("model").asString()
                        + " "
                        + line.path("cost_usd_micros").asLong()))
        .containsExactly(
            "2026-11-21 openai/owl 2", "2026-11-22 openai/wren 9", "2026-11-22 openai/owl 1");
  }

  @Test
  void costs_ofATime() {
    Reply reply =
        api.client()
            .get("/v1/costs?group_by=tenant&since=2026-11-22T00:00:00Z&until=2026-11-22T10:00:00Z");

    assertThat(reply.json().at("/data/0/tenant").asString()).isEqualTo("acme");
    assertThat(reply.json().at("/data/0/calls").asInt()).isEqualTo(1);
  }

  @Test
  void costs_ofAnotherTenant_areNotSeen() {
    assertThat(api.as(TestApi.OTHER, Role.ADMIN).get("/v1/costs").body())
        .isEqualTo("{\"data\":[],\"next_cursor\":null}");
  }

  @Test
  void costs_unknownGroup_namesThoseThereAre() {
    Reply reply = api.client().get("/v1/costs?group_by=model,week&since=monday");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.json().path("errors").toString())
        .isEqualTo(
            "[{\"path\":\"group_by\",\"message\":\"'week' is none of tenant, pack, agent, provider,"
                + " model, day\"},{\"path\":\"since\",\"message\":\"must be an RFC 3339 time of the years"
                + " 1970 to 9999, such as 2026-11-01T12:00:00Z\"}]");
    assertThat(api.client().get("/v1/costs?group_by=").json().at("/errors/0/message").asString())
        .startsWith("nothing is none of tenant");
    assertThat(api.client().get("/v1/costs?by=model").json().at("/errors/0/message").asString())
        .isEqualTo("is unknown; known: group_by, since, until");
  }

  private static void book(
      TenantId tenant, TaskId task, int position, String model, String at, long picos) {
    Write write =
        CostLedger.write(
            new ModelCallRecord(
                new StepKey(tenant, task, position, "turn-1/model"),
                1,
                Instant.parse(at),
                AgentId.parse("text.writer"),
                "openai",
                model,
                model,
                Outcome.ANSWERED,
                null,
                new Tokens(100, 40, 30, 20, 50, 10),
                false,
                picos,
                "openai/" + model,
                null,
                null,
                Duration.ofMillis(5)));
    api.database().inEngine(tx -> tx.update(write.sql(), write.parameters().toArray()));
  }

  private static TaskId task(TenantId tenant) {
    TaskId id = TaskId.next();
    Request request =
        new Request(
            tenant,
            id,
            "key:test",
            new Request.Target(null, null, null),
            new TaskInput.Text("go"),
            5,
            null,
            null,
            Map.of(),
            null);
    api.database()
        .inTenantDo(
            tenant, tx -> api.services().stateStore().create(tx, request, TestProgram.VERSION));
    return id;
  }
}
